#include <algorithm>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/table_methods.hpp>

namespace rsasim::analysis {
namespace {

/// What an interval says about the null.
enum class IntervalVerdict { excludes, includes, none };

/// A one-sided plan looks at the favourable limit alone. NaN limits give no verdict.
IntervalVerdict verdict_on_null(Interval interval, double null, const design::AnalysisPlan& plan) {
    if (plan.sides == design::Sides::one) {
        if (plan.direction == design::Direction::higher_is_better) {
            if (!std::isnan(interval.upper)) interval.upper = infinity;
        } else if (!std::isnan(interval.lower)) {
            interval.lower = -infinity;
        }
    }
    const Position position = position_of(interval, null);
    if (position == Position::undefined) return IntervalVerdict::none;
    return position == Position::covers ? IntervalVerdict::includes : IntervalVerdict::excludes;
}

/// An interval that lies between the margins excludes the null, that they are not equivalent.
IntervalVerdict verdict_on(const Interval& interval, const design::Equivalence& margins) {
    const Position lower = position_of(interval, margins.lower);
    const Position upper = position_of(interval, margins.upper);
    if (lower == Position::undefined || upper == Position::undefined) return IntervalVerdict::none;
    const bool is_between = lower == Position::misses_above && upper == Position::misses_below;
    return is_between ? IntervalVerdict::excludes : IntervalVerdict::includes;
}

bool is_standard_central_pair(const design::AnalysisPlan& plan, const design::PairChoice& pair) {
    const auto& test = plan.tests[pair.test];
    const auto& interval = plan.intervals[pair.interval];
    return std::ranges::any_of(standard_pairs(), [&](const PairRow& row) {
        return row.is_central && row.test == test.id && row.measure == interval.measure &&
               row.interval == interval.method.id;
    });
}

/// The confidence at which a pair is compared; 0 where it cannot be.
double audit_confidence(const design::AnalysisPlan& plan, const design::PairChoice& pair) {
    const auto margin = plan.margin_measure();
    if (margin && plan.intervals[pair.interval].measure != *margin) return 0;
    if (plan.sides == design::Sides::two) return 1 - plan.alpha;
    return is_standard_central_pair(plan, pair) ? std::max(0.0, 1 - 2 * plan.alpha) : 0.0;
}

}  // namespace

TableFindings::TableFindings(const design::AnalysisPlan& plan)
    : sides_of_alpha(plan.tests.size(), not_a_number),
      intervals(plan.intervals.size()),
      estimates(plan.estimators.size()),
      agreements(plan.pairs.size(), Agreement::undefined) {}

TableMethods::TableMethods(const design::AnalysisPlan& plan, const design::ArmSizes& sizes)
    : plan_(&plan), sizes_(sizes) {
    for (std::size_t test = 0; test < plan.tests.size(); ++test)
        tests_.emplace_back(plan, test, sizes, Wanted::side_of_alpha);
    for (const auto& interval : plan.intervals)
        intervals_.push_back(prepare_interval(interval, plan.confidence));
    for (const auto& estimator : plan.estimators) {
        estimates_.push_back(
            prepare(Role::estimate, estimator.measure, estimator.method, {sizes_}));
    }
    for (const auto& pair : plan.pairs) {
        const double confidence = audit_confidence(plan, pair);
        audits_.push_back({confidence > 0, {}});
        if (confidence > 0 && confidence != plan.confidence) {
            audits_.back().interval = prepare_interval(plan.intervals[pair.interval], confidence);
        }
    }
}

Judge TableMethods::prepare_interval(const design::MeasuredChoice& choice,
                                     double confidence) const {
    Setting setting{sizes_, confidence};
    setting.null = plan_->null;
    return prepare(Role::interval, choice.measure, choice.method, setting);
}

void TableMethods::judge(const design::Table2x2& table, TableFindings& findings) const {
    for (std::size_t i = 0; i < tests_.size(); ++i)
        findings.sides_of_alpha[i] = side_of_alpha(i, table);
    for (std::size_t i = 0; i < intervals_.size(); ++i)
        findings.intervals[i] = intervals_[i](table).interval;
    for (std::size_t i = 0; i < estimates_.size(); ++i) {
        const Finding finding = estimates_[i](table);
        findings.estimates[i] = {finding.estimate, finding.standard_error};
    }
    for (std::size_t i = 0; i < audits_.size(); ++i)
        findings.agreements[i] = audit(i, table, findings);
}

Agreement TableMethods::audit(std::size_t pair, const design::Table2x2& table,
                              const TableFindings& findings) const {
    const Audit& audit = audits_[pair];
    if (!audit.is_possible) return Agreement::undefined;
    const auto [test, interval] = plan_->pairs[pair];
    const Interval limits =
        audit.interval ? audit.interval(table).interval : findings.intervals[interval];
    const double null = plan_->margin_measure()
                            ? plan_->null.value
                            : design::no_effect(plan_->intervals[interval].measure);
    const IntervalVerdict verdict = plan_->equivalence ? verdict_on(limits, *plan_->equivalence)
                                                       : verdict_on_null(limits, null, *plan_);
    if (verdict == IntervalVerdict::none) return Agreement::undefined;
    const bool rejected = rejects(findings.sides_of_alpha[test], plan_->alpha);
    const bool covers = verdict == IntervalVerdict::includes;
    if (rejected == covers) {
        return rejected ? Agreement::reject_but_covers_null : Agreement::accept_but_excludes_null;
    }
    return Agreement::agree;
}

bool prepares_sizes(const design::AnalysisPlan& plan) {
    const auto of_test = [](const design::MethodChoice& test) {
        const auto* row = find_method(Role::test, test.id);
        return row != nullptr && row->prepares_sizes;
    };
    const auto of_interval = [](const design::MeasuredChoice& interval) {
        const auto* row = find_method(Role::interval, interval.method.id, interval.measure);
        return row != nullptr && row->prepares_sizes;
    };
    return std::ranges::any_of(plan.tests, of_test) ||
           std::ranges::any_of(plan.intervals, of_interval);
}

}  // namespace rsasim::analysis
