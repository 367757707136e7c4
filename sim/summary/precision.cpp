#include <algorithm>
#include <cmath>

#include <rsasim/summary/precision.hpp>

namespace rsasim::summary {
namespace {

/// Added successes, and added replicates.
constexpr double added_successes = 2, added_replicates = 4;
/// Two-sided 95 % of the standard normal distribution.
constexpr double normal_95 = 1.959963984540054;
constexpr std::int64_t first_look = std::int64_t{1} << 12;

/// Whether a share may have the wanted error after so many replicates more. The error is least
/// where all or none of them count.
bool may_reach(std::int64_t count, std::int64_t more, std::int64_t replicates, double wanted) {
    const std::int64_t all = replicates + more;
    return std::min(stopping_error(count, all), stopping_error(count + more, all)) <= wanted;
}

}  // namespace

double stopping_error(std::int64_t count, std::int64_t replicates) {
    const double all = static_cast<double>(replicates) + added_replicates;
    const double share = (static_cast<double>(count) + added_successes) / all;
    const double rest = (static_cast<double>(replicates - count) + added_successes) / all;
    return std::sqrt(share * rest / all);
}

ShareLimits wilson_limits(double share, std::int64_t replicates) {
    if (replicates <= 0 || std::isnan(share)) return {share, share};
    const double n = static_cast<double>(replicates), z2 = normal_95 * normal_95;
    const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half =
        normal_95 / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return {share == 0 ? 0 : std::max(0.0, middle - half),
            share == 1 ? 1 : std::min(1.0, middle + half)};
}

bool is_share(std::string_view measure) {
    return measure == "power" || measure == "power_favourable" || measure == "coverage";
}

std::vector<std::int64_t> counts_of_shares(const CellSummary& cell) {
    std::vector<std::int64_t> counts;
    counts.reserve(2 * cell.tests.size() + cell.intervals.size());
    for (const auto& test : cell.tests) {
        counts.push_back(test.n_reject);
        counts.push_back(test.n_reject_favourable);
    }
    for (const auto& interval : cell.intervals)
        counts.push_back(interval.n_cover);
    return counts;
}

double largest_error(const CellSummary& cell, std::int64_t replicates) {
    double largest = 0;
    for (const std::int64_t count : counts_of_shares(cell))
        largest = std::max(largest, stopping_error(count, replicates));
    return largest;
}

ReachedPrecision reached_precision(const Results& results) {
    ReachedPrecision reached;
    for (std::size_t i = 0; i < results.cells.size(); ++i) {
        const auto& cell = results.cells[i];
        const double error = largest_error(cell.summary, cell.replicates);
        if (error > reached.error) {
            reached.error = error;
            reached.cell = i;
        }
        reached.fewest = i == 0 ? cell.replicates : std::min(reached.fewest, cell.replicates);
        reached.most = std::max(reached.most, cell.replicates);
    }
    return reached;
}

std::int64_t look_from(std::int64_t replicates) {
    std::int64_t quarter = first_look / 4;
    while (8 * quarter < replicates)
        quarter *= 2;
    const std::int64_t quarters = (replicates + quarter - 1) / quarter;
    return std::max<std::int64_t>(quarters, 4) * quarter;
}

std::int64_t next_look(const std::vector<std::int64_t>& counts, std::int64_t replicates,
                       double wanted, std::int64_t cap) {
    std::int64_t look = look_from(replicates + 1);
    const auto can_pass = [&](std::int64_t all) {
        return std::ranges::all_of(counts, [&](std::int64_t count) {
            return may_reach(count, all - replicates, replicates, wanted);
        });
    };
    while (look < cap && !can_pass(look))
        look = look_from(look + 1);
    return std::min(look, cap);
}

}  // namespace rsasim::summary
