#pragma once

#include "cell_values.hpp"
#include "faults.hpp"

#include <vector>

#include <rsasim/design/design.hpp>

namespace rsasim::scenario {

/// Sizes and rates of one cell; rates are 0 where [arms] gives no effect.
struct Arms {
    design::ArmSizes sizes;
    design::Rates rates;
};

/// Splits a total by largest remainder, ties to the treated arm: 149 in the ratio 1:1 is 75 + 74.
/// Shares are at most 10^6 and the total at most 2 10^8. A part may be 0.
design::ArmSizes split_total(std::int64_t total, std::int64_t treated_share,
                             std::int64_t control_share);

/// The arms of every cell. Effects that lead to a rate outside [0, 1], odds ratios at a control
/// rate of 0 or 1 and empty arms are faults: the first few, and how many more cells have one.
std::vector<Arms> arms_of_cells(const CellValues& values, Faults& faults);

}  // namespace rsasim::scenario
