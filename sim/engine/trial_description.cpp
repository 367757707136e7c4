#include "trial_description.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <rsasim/analysis/finding.hpp>

namespace rsasim::engine {
namespace {

using design::lanes;

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

  private:
    std::span<double> place_;
    std::size_t next_ = 0;
};

double share(double part, double whole) {
    return whole > 0 ? part / whole : analysis::not_a_number;
}

/// Shares of the women of each arm.
class ByArm {
  public:
    ByArm(const design::TrialBatch& batch, Writer& writer) : batch_(batch), writer_(writer) {
        women_ = counted(0, batch.treated);
        for (std::size_t lane = 0; lane < lanes; ++lane)
            women_.all[lane] = static_cast<double>(batch.women);
    }

    /// Of the women whose number in the column is above the limit.
    void add_shares_above(double limit, const design::Column& column) {
        const ArmCounts above = counted(limit, column);
        add_shares([&](std::size_t lane) { return above.treated[lane]; },
                   [&](std::size_t lane) { return above.control(lane); });
    }
    /// Of the other women.
    void add_shares_not_above(double limit, const design::Column& column) {
        const ArmCounts above = counted(limit, column);
        add_shares([&](std::size_t lane) { return treated(lane) - above.treated[lane]; },
                   [&](std::size_t lane) { return control(lane) - above.control(lane); });
    }
    [[nodiscard]] double treated(std::size_t lane) const { return women_.treated[lane]; }
    [[nodiscard]] double control(std::size_t lane) const { return women_.control(lane); }

  private:
    [[nodiscard]] ArmCounts counted(double limit, const design::Column& column) const {
        return count_above(limit, column.data(), batch_.treated.data(), batch_.women);
    }
    template <class OfTreated, class OfControl>
    void add_shares(OfTreated of_treated, OfControl of_control) {
        writer_.add([&](std::size_t lane) { return share(of_treated(lane), treated(lane)); });
        writer_.add([&](std::size_t lane) { return share(of_control(lane), control(lane)); });
    }

    const design::TrialBatch& batch_;
    Writer& writer_;
    ArmCounts women_;
};

/// n_treated - n_control where the ratio is 1:1.
double scaled_imbalance(const design::Allocation& allocation, double treated, double control) {
    const auto t = static_cast<double>(allocation.treated_share);
    const auto c = static_cast<double>(allocation.control_share);
    return (treated * c - control * t) / std::max(t, c);
}

BalanceTask balance_in(const design::Allocation& allocation) {
    BalanceTask task;
    for (const design::Factor& factor : allocation.strata)
        task.levels.push_back(static_cast<double>(factor.levels()));
    task.of_treated = scaled_imbalance(allocation, 1, 0);
    task.of_control = scaled_imbalance(allocation, 0, 1);
    task.strata = design::strata_of(allocation.strata);
    return task;
}

}  // namespace

void collapse(const design::PatientColumns& columns, std::span<design::Table2x2> tables) {
    const auto [women, events] = count_tables(columns);
    const auto whole = [](double x) { return static_cast<std::int64_t>(x); };
    for (std::size_t lane = 0; lane < columns.live; ++lane) {
        tables[lane] = {{whole(events.treated[lane]), whole(women.treated[lane])},
                        {whole(events.all[lane] - events.treated[lane]),
                         whole(women.all[lane] - women.treated[lane])}};
    }
}

TrialDescription::TrialDescription(std::shared_ptr<const tally::PatientLayout> layout)
    : layout_(std::move(layout)),
      model_(layout_->design().patients()),
      balance_task_(balance_in(model_->allocation)),
      balance_(balance_task_.strata * lanes) {}

void TrialDescription::write(const design::TrialBatch& batch, const design::PatientColumns& columns,
                             std::span<double> characteristics) {
    const auto women = static_cast<double>(batch.women);
    Writer writer(characteristics);
    ByArm arms(batch, writer);
    const auto imbalance = [&](std::size_t lane) {
        return scaled_imbalance(model_->allocation, arms.treated(lane), arms.control(lane));
    };
    writer.add([&](std::size_t lane) { return batch.screened[lane] / women; });
    writer.add(imbalance);
    writer.add([&](std::size_t lane) { return std::abs(imbalance(lane)); });
    if (model_->allocation.strata.empty()) {
        writer.add([](std::size_t) { return analysis::not_a_number; });
    } else {
        const LaneSums largest = largest_balance(balance_task_, columns, balance_);
        writer.add([&](std::size_t lane) { return largest[lane]; });
    }
    writer.add([&](std::size_t lane) { return batch.correct_guesses[lane] / women; });
    for (std::size_t stage = 0; stage < model_->stages.size(); ++stage)
        arms.add_shares_above(static_cast<double>(stage) + 0.5, batch.passed);
    if (model_->dropout) arms.add_shares_not_above(0.5, batch.observed);
    if (model_->adherence) arms.add_shares_above(0.5, batch.adherent);
}

}  // namespace rsasim::engine
