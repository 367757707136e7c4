#pragma once

#include "settings.hpp"

#include <optional>

#include <rsasim/design/rates_prior.hpp>

namespace rsasim::scenario {

/// What the keys of [prior] say, whose values have been checked; nothing where there are none. The
/// known control rate is left to the caller.
std::optional<design::RatesPrior> read_prior(const Settings& settings);

}  // namespace rsasim::scenario
