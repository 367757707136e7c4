#include "patient/strata_counts.hpp"

#include "patient/packed_counts.hpp"

#include <algorithm>
#include <cstdint>

namespace rsasim::analysis {

namespace {

using design::lanes;

void add_to(Cells& cells, double packed) {
    const auto code = static_cast<std::uint64_t>(packed);
    const auto field = [code](int place) {
        return static_cast<double>(code >> (place * PackedCounts::bits) & PackedCounts::most_women);
    };
    const double n = field(0), treated = field(1), events = field(2), a = field(3);
    cells.a += a;
    cells.b += treated - a;
    cells.c += events - a;
    cells.d += n - treated - events + a;
}

}  // namespace

StrataCounts::StrataCounts(std::size_t strata) : packed_(strata * lanes), cells_(strata * lanes) {}

void StrataCounts::count(const design::PatientColumns& columns, const double* stratum) {
    std::ranges::fill(cells_, Cells{0, 0, 0, 0});
    const std::size_t strata_there = stratum == nullptr ? 1 : strata();
    for (std::size_t first = 0; first < columns.women; first += PackedCounts::most_women) {
        const std::size_t last = std::min(columns.women, first + PackedCounts::most_women);
        count_packed({&columns, stratum, first, last, strata_there}, packed_.data());
        for (std::size_t i = 0; i < strata_there; ++i) {
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                add_to(cells_[i * lanes + lane], packed_[i * lanes + lane]);
        }
    }
}

}  // namespace rsasim::analysis
