#pragma once

#include <string>
#include <vector>

#include <rsasim/design/grid.hpp>

namespace rsasim::scenario {

/// Adds a note where the integration of a truth has an error above 1e-6 and above a tenth of the
/// Monte Carlo error of the means that it judges: rates, and biases on the scale of analysis. The
/// note has the cell and the truth where this is worst, both numbers, and how many replicates the
/// truth is good for.
void add_truth_errors(const design::Grid& grid, std::vector<std::string>& notes);

}  // namespace rsasim::scenario
