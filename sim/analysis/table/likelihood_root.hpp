#pragma once

#include "cells.hpp"

namespace rsasim::analysis {

/// The root of G^2 = 2 sum observed log(observed / expected) with the sign of the rate difference.
/// Both margins hold events and non-events.
double signed_likelihood_root(const Cells& cells);

}  // namespace rsasim::analysis
