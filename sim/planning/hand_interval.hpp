#pragma once

#include <optional>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/planning/reproduction.hpp>

namespace rsasim::planning {

/// Estimate and interval by the formula that people compute by hand, one step of it rounded:
/// estimate -+ z SE, on the log scale for ratios, with SE^2 = 1/a + 1/b + 1/c + 1/d of the log odds
/// ratio (Woolf 1955), 1/a - 1/n1 + 1/c - 1/n0 of the log risk ratio (Katz et al. 1978) and
/// p1 q1/n1 + p0 q0/n0 of the risk difference.
struct HandResult {
    double estimate = analysis::not_a_number;
    analysis::Interval interval;
};

/// Nothing where a cell is 0, also by the rounding.
std::optional<HandResult> by_hand(const design::Table2x2& table, design::Measure measure,
                                  double confidence, const Route& route);

/// The catalogue's id of the interval above.
const char* hand_interval_of(design::Measure measure);

/// The steps that are tried on an interval; `decimals` of the estimate are those printed.
std::vector<Route> routes_of(design::Measure measure, int decimals);

/// Those of the estimate: its rates.
std::vector<Route> routes_of_rates();

}  // namespace rsasim::planning
