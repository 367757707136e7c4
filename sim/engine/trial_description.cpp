#include "trial_description.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <rsasim/analysis/finding.hpp>

namespace rsasim::engine {
namespace {

using design::lanes;
using Lanes = std::array<double, lanes>;

/// Strata have at most 10,000 combinations of levels, of two or more each.
constexpr std::size_t most_factors = 16;

/// Sums over the women of what `term(place)` gives, lane by lane.
template <class Term>
Lanes sum_over(std::size_t women, Term term) {
    Lanes sums{};
    for (std::size_t woman = 0; woman < women; ++woman) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += term(woman * lanes + lane);
    }
    return sums;
}

/// Writes the characteristics one after the other.
class Writer {
  public:
    explicit Writer(std::span<double> place) : place_(place) {}

    template <class Value>
    void add(Value value) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            place_[next_ * lanes + lane] = value(lane);
        ++next_;
    }
    void add_share(const Lanes& part, const Lanes& whole) {
        add([&](std::size_t lane) {
            return whole[lane] > 0 ? part[lane] / whole[lane] : analysis::not_a_number;
        });
    }

  private:
    std::span<double> place_;
    std::size_t next_ = 0;
};

/// Women of each arm, and shares of them.
class ByArm {
  public:
    ByArm(const design::TrialBatch& batch, Writer& writer) : batch_(batch), writer_(writer) {
        n_treated = sum_over(batch.women, [&](std::size_t i) { return batch.treated[i]; });
        for (std::size_t lane = 0; lane < lanes; ++lane)
            n_control[lane] = static_cast<double>(batch.women) - n_treated[lane];
    }

    template <class Holds>
    void add_shares(Holds holds) const {
        writer_.add_share(
            sum_over(batch_.women, [&](std::size_t i) { return batch_.treated[i] * holds(i); }),
            n_treated);
        writer_.add_share(
            sum_over(batch_.women,
                     [&](std::size_t i) { return (1 - batch_.treated[i]) * holds(i); }),
            n_control);
    }

    Lanes n_treated{}, n_control{};

  private:
    const design::TrialBatch& batch_;
    Writer& writer_;
};

/// n_treated - n_control where the ratio is 1:1.
double scaled_imbalance(const design::Allocation& allocation, double treated, double control) {
    const auto t = static_cast<double>(allocation.treated_share);
    const auto c = static_cast<double>(allocation.control_share);
    return (treated * c - control * t) / std::max(t, c);
}

}  // namespace

void collapse(const design::PatientColumns& columns, std::span<design::Table2x2> tables) {
    const auto weight = [&](std::size_t i) {
        return columns.weight != nullptr ? columns.weight[i] : 1.0;
    };
    const double* const treated = columns.treated;
    const double* const outcome = columns.outcome;
    const std::size_t n = columns.women;
    const auto all = sum_over(n, weight);
    const auto all_treated = sum_over(n, [&](std::size_t i) { return weight(i) * treated[i]; });
    const auto events = sum_over(n, [&](std::size_t i) { return weight(i) * outcome[i]; });
    const auto events_treated =
        sum_over(n, [&](std::size_t i) { return weight(i) * treated[i] * outcome[i]; });
    for (std::size_t lane = 0; lane < columns.live; ++lane) {
        const auto whole = [](double x) { return static_cast<std::int64_t>(x); };
        tables[lane] = {
            {whole(events_treated[lane]), whole(all_treated[lane])},
            {whole(events[lane] - events_treated[lane]), whole(all[lane] - all_treated[lane])}};
    }
}

std::array<double, lanes> TrialDescription::largest_in_strata(std::span<double> balance) const {
    const design::Allocation& allocation = layout.design().patients()->allocation;
    Lanes largest{};
    if (allocation.strata.empty()) {
        largest.fill(analysis::not_a_number);
        return largest;
    }
    std::fill(balance.begin(), balance.end(), 0.0);
    const double of_treated = scaled_imbalance(allocation, 1, 0);
    const double of_control = scaled_imbalance(allocation, 0, 1);
    std::array<std::size_t, most_factors> levels{};
    if (allocation.strata.size() > most_factors) return largest;
    for (std::size_t f = 0; f < allocation.strata.size(); ++f)
        levels[f] = allocation.strata[f].levels();
    for (std::size_t woman = 0; woman < batch.women; ++woman) {
        for (std::size_t lane = 0; lane < batch.live; ++lane) {
            const std::size_t place = woman * lanes + lane;
            std::size_t stratum = 0;
            for (std::size_t f = 0; f < allocation.strata.size(); ++f) {
                stratum = stratum * levels[f] +
                          static_cast<std::size_t>(columns.allocation_levels[f][place]);
            }
            balance[stratum * lanes + lane] += batch.treated[place] == 1 ? of_treated : of_control;
        }
    }
    for (std::size_t i = 0; i < balance.size(); ++i)
        largest[i % lanes] = std::max(largest[i % lanes], std::abs(balance[i]));
    return largest;
}

void TrialDescription::write(std::span<double> balance, std::span<double> characteristics) const {
    const design::PatientModel& model = *layout.design().patients();
    const auto women = static_cast<double>(batch.women);
    Writer writer(characteristics);
    const ByArm arms(batch, writer);
    const auto imbalance = [&](std::size_t lane) {
        return scaled_imbalance(model.allocation, arms.n_treated[lane], arms.n_control[lane]);
    };
    writer.add([&](std::size_t lane) { return batch.screened[lane] / women; });
    writer.add(imbalance);
    writer.add([&](std::size_t lane) { return std::abs(imbalance(lane)); });
    writer.add(
        [&, largest = largest_in_strata(balance)](std::size_t lane) { return largest[lane]; });
    writer.add([&](std::size_t lane) { return batch.correct_guesses[lane] / women; });
    for (std::size_t stage = 0; stage < model.stages.size(); ++stage) {
        const auto passed = static_cast<double>(stage) + 0.5;
        arms.add_shares([&](std::size_t i) { return batch.passed[i] > passed ? 1.0 : 0.0; });
    }
    if (model.dropout) arms.add_shares([&](std::size_t i) { return 1 - batch.observed[i]; });
    if (model.adherence) arms.add_shares([&](std::size_t i) { return batch.adherent[i]; });
}

}  // namespace rsasim::engine
