#pragma once

#include "options.hpp"

#include <rsasim/planning/reproduction.hpp>

namespace rsasim::commands {

/// The printed figures that the flags give. Throws scenario::InputErrors with all faults: figures
/// that are not numbers, impossible ones, limits in the wrong order, an interval of no known
/// effect.
planning::PrintedFigures read_printed(const PrintedOptions& options);

}  // namespace rsasim::commands
