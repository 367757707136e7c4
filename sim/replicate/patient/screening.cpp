#include "screening.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/replicate/screening_limit.hpp>

namespace rsasim::replicate {

namespace {

constexpr std::size_t tile_places = tile_rows * design::lanes;

/// A place has so many rounds of draws at one position; the next are drawn at positions beyond
/// those of all women (a trial has a million at most).
constexpr std::uint32_t rounds_at_position =
    random::draws_per_address / CovariateDraws::draws_per_round;
constexpr std::uint32_t most_positions = std::uint32_t{1} << 20;

random::Address address_of(std::uint64_t first_replicate, std::uint32_t round) {
    return {random::Purpose::covariates, first_replicate,
            round / rounds_at_position * most_positions,
            round % rounds_at_position * CovariateDraws::draws_per_round};
}

std::vector<design::Column> columns_of(const std::vector<bool>& wanted) {
    std::vector<design::Column> columns(wanted.size());
    for (std::size_t c = 0; c < wanted.size(); ++c)
        if (wanted[c]) columns[c].resize(tile_places);
    return columns;
}

std::vector<double*> pointers_to(std::vector<design::Column>& columns) {
    std::vector<double*> pointers;
    for (design::Column& column : columns)
        pointers.push_back(column.empty() ? nullptr : column.data());
    return pointers;
}

/// sum += 1 where the feature is not 0.
void count_where(const design::Feature& feature, const double* x, std::span<double> sum) {
    if (feature.comparison != design::Comparison::none) {
        add_where(feature, 1, x, sum);
        return;
    }
    design::Feature side;
    side.threshold = feature.centre;
    for (const auto comparison : {design::Comparison::above, design::Comparison::below}) {
        side.comparison = comparison;
        add_where(side, 1, x, sum);
    }
}

}  // namespace

Screening::Screening(const design::Eligibility& rules, const CovariateDraws& draws,
                     const WantedCovariates& wanted, std::size_t women)
    : rules_(rules), draws_(draws), wanted_(wanted), women_(women) {}

Screening::Space Screening::make_space() const {
    Space space;
    if (admits_all()) return space;
    space.pending.resize(women_ * design::lanes + design::lanes);
    space.values = columns_of(wanted_.values);
    space.scores = columns_of(wanted_.scores);
    space.targets = {pointers_to(space.values), pointers_to(space.scores)};
    space.any.resize(tile_places);
    space.eligible.resize(tile_places);
    return space;
}

void Screening::mark(const CovariateTargets& columns, std::size_t first_row, std::size_t rows,
                     Space& space) const {
    const std::size_t size = rows * design::lanes;
    const std::span<double> any = std::span(space.any).first(size);
    const std::span<double> eligible = std::span(space.eligible).first(size);
    set_all(1, eligible);
    for (const auto& clause : rules_.clauses) {
        set_all(0, any);
        for (const design::Feature& feature : clause) {
            count_where(feature, columns.values[feature.covariate] + first_row * design::lanes,
                        any);
        }
        set_both(any.data(), eligible);
    }
}

void Screening::list_first(const CovariateTargets& women, Space& space) const {
    std::size_t kept = 0;
    for (std::size_t row = 0; row < women_; row += tile_rows) {
        const std::size_t rows = std::min(tile_rows, women_ - row);
        mark(women, row, rows, space);
        for (std::size_t i = 0; i < rows * design::lanes; ++i) {
            space.pending[kept] = static_cast<std::uint32_t>(row * design::lanes + i);
            kept += space.eligible[i] > 0 ? 0 : 1;
        }
    }
    space.pending.resize(kept);
}

/// Moves the eligible of those just drawn to their places; lists the others again from `kept` on.
std::size_t Screening::settle(std::span<const std::uint32_t> places, const CovariateTargets& women,
                              Space& space, std::size_t kept) const {
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::uint32_t place = places[i];
        if (!(space.eligible[i] > 0)) {
            space.pending[kept++] = place;
            continue;
        }
        for (std::size_t c = 0; c < space.values.size(); ++c) {
            if (!space.values[c].empty()) women.values[c][place] = space.values[c][i];
            if (!space.scores[c].empty()) women.scores[c][place] = space.scores[c][i];
        }
    }
    return kept;
}

void Screening::screen(random::StreamKey key, std::uint64_t first, const CovariateTargets& women,
                       Space& space, CovariateDraws::Space& draw_space,
                       std::span<double> screened) const {
    space.pending.resize(women_ * design::lanes);
    list_first(women, space);
    std::array<std::uint32_t, tile_places> chosen{};
    for (std::uint32_t round = 1; !space.pending.empty(); ++round) {
        if (round == most_screened) {
            throw std::runtime_error(
                fmt::format("no eligible woman among {} screened for one place", most_screened));
        }
        const random::Address address = address_of(first, round);
        std::size_t kept = 0;
        for (std::size_t start = 0; start < space.pending.size(); start += tile_places) {
            const std::size_t count = std::min(tile_places, space.pending.size() - start);
            const std::size_t rows = (count + design::lanes - 1) / design::lanes;
            std::copy_n(space.pending.begin() + static_cast<std::ptrdiff_t>(start), count,
                        chosen.begin());
            std::fill(chosen.begin() + static_cast<std::ptrdiff_t>(count),
                      chosen.begin() + static_cast<std::ptrdiff_t>(rows * design::lanes),
                      chosen[0]);
            draws_.draw(key, address, std::span(chosen).first(rows * design::lanes), draw_space,
                        space.targets);
            mark(space.targets, 0, rows, space);
            const auto places = std::span<const std::uint32_t>(chosen).first(count);
            for (const std::uint32_t place : places)
                screened[place % design::lanes] += 1;
            kept = settle(places, women, space, kept);
        }
        space.pending.resize(kept);
    }
}

}  // namespace rsasim::replicate
