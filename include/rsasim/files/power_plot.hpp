#pragma once

#include <string>

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// Power drawn with characters: against the longest axis of numbers, both axes linear, power always
/// from 0 to 1; other axes at their last value, which is said. One cell: a bar for each test.
std::string power_plot(const summary::Results& results, int width);

}  // namespace rsasim::files
