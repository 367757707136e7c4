#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <rsasim/summary/results.hpp>

namespace rsasim::summary {

/// The Monte Carlo error of a share of x in R replicates that stopping rules and what was reached
/// use: sqrt(p (1 - p) / (R + 4)) with p = (x + 2) / (R + 4), which is not 0 at shares of 0 and 1.
/// Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550. Needs 0 <= x <= R.
double stopping_error(std::int64_t count, std::int64_t replicates);

/// The 95 % interval of a share of `replicates`, which has a width at 0 and 1 too; the share itself
/// where there are none (enumeration). NaN gives NaN. Wilson 1927,
/// doi:10.1080/01621459.1927.10502953.
struct ShareLimits {
    double lower = 0, upper = 1;
};
ShareLimits wilson_limits(double share, std::int64_t replicates);

/// Whether a measure is one of the shares of all replicates that a precision is asked of: power,
/// power_favourable, coverage.
bool is_share(std::string_view measure);

/// The replicates that count towards each power (both sides, and the favourable one) and coverage
/// of a cell, over all its tests and intervals, those of women and decisions too.
std::vector<std::int64_t> counts_of_shares(const CellSummary& cell);

/// The largest stopping_error over counts_of_shares; 0 where a cell has no test and no interval.
double largest_error(const CellSummary& cell, std::int64_t replicates);

/// What all cells reached together.
struct ReachedPrecision {
    double error = 0;         ///< the largest
    std::size_t cell = 0;     ///< where it is
    std::int64_t fewest = 0;  ///< replicates of a cell
    std::int64_t most = 0;
};
/// Of derived results of a simulation.
ReachedPrecision reached_precision(const Results& results);

/// The numbers of replicates at which a cell may stop: 4, 5, 6 and 7 times each power of two, from
/// 2^12 on. They depend on nothing, so that neither threads nor stops and resumes decide.
std::int64_t look_from(std::int64_t replicates);

/// The first look after `replicates` at which every error can be at most `wanted`, whatever the
/// replicates between say: those before it need not be held. At most `cap`.
std::int64_t next_look(const std::vector<std::int64_t>& counts, std::int64_t replicates,
                       double wanted, std::int64_t cap);

}  // namespace rsasim::summary
