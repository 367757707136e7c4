#pragma once

#include "patient/logistic_rows.hpp"

#include <cstddef>
#include <span>

namespace rsasim::analysis {

/// True where a direction near the given one proves that no maximum of the likelihood exists
/// (Albert & Anderson 1984, doi:10.1093/biomet/71.1.1): the linear predictor along it is nowhere on
/// the wrong side of the outcome, and on the right side somewhere. `direction` should be the step
/// of Newton's method while it runs away: it is near 0 for the women who overlap and about 1 or
/// more for those who are separated. It is projected so that it is 0 for the former to rounding,
/// which is then checked. False proves nothing.
bool separates(const LogisticRows& rows, std::size_t lane, std::span<const double> direction);

}  // namespace rsasim::analysis
