#include "../table/interval_finding.hpp"
#include "score_inversion.hpp"
#include "unconditional_methods.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace rsasim::analysis {

namespace {

using design::Measure;
using design::Table2x2;

/// True where every effect below the observed one is as likely as it can be: nothing can be
/// rejected, and the lower limit is the end of the scale.
bool has_lowest_effect(const Table2x2& table, Measure measure) {
    const bool has_no_event = table.treated.events == 0, is_full = table.control.non_events() == 0;
    return measure == Measure::odds_ratio ? has_no_event || is_full : has_no_event && is_full;
}

/// An interval by inversion. The upper limit is the lower limit of the table with its outcomes
/// swapped, which has the opposite effect.
class InvertedInterval {
  public:
    InvertedInterval(const Setting& setting, const InversionRule& rule)
        : measure_(rule.measure),
          inversion_(setting.sizes, rule),
          start_(prepare(Role::interval, rule.measure, {"miettinen-nurminen", {}},
                         {setting.sizes, 1 - 0.2 * (1 - setting.confidence)})) {}

    [[nodiscard]] Finding judge(const Table2x2& table) const {
        if (measure_ == Measure::odds_ratio && table.has_empty_margin()) {
            return uninformative_ratio();
        }
        const math::Root lower = lower_limit(table);
        const math::Root opposite = lower_limit(with_outcomes_swapped(table));
        if (!lower.is_converged || !opposite.is_converged) return unconverged_finding();
        const double upper = measure_ == Measure::odds_ratio ? 1 / opposite.value : -opposite.value;
        return interval_finding(measure_, lower.value, upper);
    }

  private:
    [[nodiscard]] math::Root lower_limit(const Table2x2& table) const {
        if (has_lowest_effect(table, measure_)) {
            return {design::is_ratio(measure_) ? 0.0 : -1.0, true};
        }
        try {
            return inversion_.lower_limit(table, start_(table).interval.lower);
        } catch (const std::invalid_argument&) {  // the null's numbers leave the range of doubles
            return {};
        }
    }

    Measure measure_;
    ScoreInversion inversion_;
    Judge start_;
};

Judge prepare_inversion(const Setting& setting, const InversionRule& rule) {
    if (TableGrid(setting.sizes).size() > most_unconditional_tables) {
        return [](const Table2x2&) {
            Finding finding;
            finding.status = Status::too_large;
            return finding;
        };
    }
    const auto interval = std::make_shared<const InvertedInterval>(setting, rule);
    return [interval](const Table2x2& table) { return interval->judge(table); };
}

Judge prepare_chan_zhang(const Setting& setting, Measure measure) {
    return prepare_inversion(setting, {measure, Tail::greater, (1 - setting.confidence) / 2});
}

Judge prepare_unconditional_score(const Setting& setting, Measure measure) {
    return prepare_inversion(setting, {measure, Tail::two_sided, 1 - setting.confidence});
}

}  // namespace

Judge prepare_odds_ratio_chan_zhang(const Setting& setting) {
    return prepare_chan_zhang(setting, Measure::odds_ratio);
}

Judge prepare_risk_difference_chan_zhang(const Setting& setting) {
    return prepare_chan_zhang(setting, Measure::risk_difference);
}

Judge prepare_odds_ratio_unconditional_score(const Setting& setting) {
    return prepare_unconditional_score(setting, Measure::odds_ratio);
}

Judge prepare_risk_difference_unconditional_score(const Setting& setting) {
    return prepare_unconditional_score(setting, Measure::risk_difference);
}

}  // namespace rsasim::analysis
