#pragma once

#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/null_line.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// 1 for each table of the design's grid that test number `test` of its plan rejects by the plan's
/// rule (sides, alpha, null or equivalence); 0 elsewhere, also where there is no P-value.
analysis::Region rejection_region(const design::Design& design, std::size_t test, unsigned threads);

/// 1 for each table whose interval number `interval` does not contain the effect, or is undefined.
analysis::Region miss_region(const design::Design& design, std::size_t interval,
                             const design::Effect& effect, unsigned threads);

/// The P-value of every table that decides under the plan, infinite where there is none.
std::vector<double> all_p_values(const design::Design& design, std::size_t test, unsigned threads);

/// The tables that are not in the region.
analysis::Region complement(const analysis::Region& region);

/// True where a table that rejects in favour of a tail keeps rejecting with one more event in the
/// arm that the tail favours, and with one event less in the other arm.
bool is_monotone(const analysis::TableGrid& grid, const analysis::Region& region,
                 analysis::Tail tail);

}  // namespace rsasim::planning
