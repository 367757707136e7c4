#include "patient/strata_counts.hpp"

#include <algorithm>
#include <array>

namespace rsasim::analysis {

namespace {

using design::lanes;

/// The places of a woman's cells in the counts, by lane: ((4 stratum + cell) lanes + lane), cell =
/// 3 - 2 treated - outcome, so that a, b, c, d are 0, 1, 2, 3.
template <class Stratum>
void count_women(const design::PatientColumns& columns, std::size_t live, Stratum stratum,
                 std::int32_t* counts) {
    std::array<std::int32_t, lanes> place{};
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        const std::size_t row = woman * lanes;
        for (std::size_t lane = 0; lane < live; ++lane) {
            const std::size_t i = row + lane;
            const double cell = 4 * stratum(i) + 3 - 2 * columns.treated[i] - columns.outcome[i];
            place[lane] = static_cast<std::int32_t>(cell);
        }
        for (std::size_t lane = 0; lane < live; ++lane) {
            const bool is_counted = columns.weight == nullptr || columns.weight[row + lane] != 0;
            counts[static_cast<std::size_t>(place[lane]) * lanes + lane] += is_counted ? 1 : 0;
        }
    }
}

}  // namespace

StrataCounts::StrataCounts(std::size_t strata)
    : strata_(strata), counts_(strata * cells_of_table * lanes) {}

void StrataCounts::count(const design::PatientColumns& columns, const double* stratum) {
    std::ranges::fill(counts_, 0);
    const auto count_live = [&](std::size_t live) {
        if (stratum == nullptr) {
            count_women(
                columns, live, [](std::size_t) { return 0.0; }, counts_.data());
        } else {
            count_women(
                columns, live, [=](std::size_t i) { return stratum[i]; }, counts_.data());
        }
    };
    // A constant number of lanes is what the compiler unrolls.
    if (columns.live == lanes) {
        count_live(lanes);
    } else {
        count_live(columns.live);
    }
}

}  // namespace rsasim::analysis
