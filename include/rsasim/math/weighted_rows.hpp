#pragma once

#include <span>

namespace rsasim::math {

/// sums[k] = sum_i weights[i] rows[i * sums.size() + k], in the order of i: the same bits on every
/// processor.
void weighted_sum_of_rows(std::span<const double> weights, const double* rows,
                          std::span<double> sums);

}  // namespace rsasim::math
