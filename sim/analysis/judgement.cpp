#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

#include <rsasim/analysis/judgement.hpp>

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

/// In place of an index into the prepared methods.
constexpr std::uint32_t no_methods = std::numeric_limits<std::uint32_t>::max();

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

Judgement::Judgement(std::shared_ptr<const design::AnalysisPlan> plan,
                     std::vector<design::Table2x2> tables)
    : plan_(std::move(plan)), tables_(std::move(tables)) {
    std::map<design::ArmSizes, std::uint32_t> known;
    for (const auto& [treated, control] : tables_) {
        if (treated.n > 0 && control.n > 0)
            known.emplace(design::ArmSizes{treated.n, control.n}, 0);
    }
    for (auto& [sizes, place] : known) {
        place = static_cast<std::uint32_t>(methods_.size());
        methods_.push_back(prepare_for(sizes));
    }
    for (const auto& [treated, control] : tables_) {
        const auto found = known.find({treated.n, control.n});
        methods_of_row_.push_back(found == known.end() ? no_methods : found->second);
    }
    const std::size_t rows = tables_.size();
    sides_of_alpha_.assign(plan_->tests.size(), std::vector<double>(rows, not_a_number));
    intervals_.assign(plan_->intervals.size(), std::vector<Interval>(rows));
    estimates_.assign(plan_->estimators.size(), std::vector<Estimate>(rows));
    agreements_.assign(plan_->pairs.size(), std::vector<Agreement>(rows, Agreement::undefined));
}

Judgement::Methods Judgement::prepare_for(design::ArmSizes sizes) const {
    Methods methods;
    methods.sizes = sizes;
    for (std::size_t test = 0; test < plan_->tests.size(); ++test)
        methods.tests.emplace_back(*plan_, test, sizes, Wanted::side_of_alpha);
    const auto prepare_interval = [&](const design::MeasuredChoice& choice, double confidence) {
        Setting setting{sizes, confidence};
        setting.null = plan_->null;
        return prepare(Role::interval, choice.measure, choice.method, setting);
    };
    for (const auto& interval : plan_->intervals) {
        methods.intervals.push_back(prepare_interval(interval, plan_->confidence));
    }
    for (const auto& estimator : plan_->estimators) {
        methods.estimates.push_back(
            prepare(Role::estimate, estimator.measure, estimator.method, {sizes}));
    }
    for (const auto& pair : plan_->pairs) {
        const double confidence = audit_confidence(*plan_, pair);
        methods.audits.push_back({confidence > 0, {}});
        if (confidence > 0 && confidence != plan_->confidence) {
            methods.audits.back().interval =
                prepare_interval(plan_->intervals[pair.interval], confidence);
        }
    }
    return methods;
}

void Judgement::judge(std::size_t first, std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
        if (methods_of_row_[row] == no_methods) continue;
        const Methods& methods = methods_[methods_of_row_[row]];
        const design::Table2x2& table = tables_[row];
        for (std::size_t i = 0; i < methods.tests.size(); ++i) {
            sides_of_alpha_[i][row] = methods.tests[i](table);
        }
        for (std::size_t i = 0; i < methods.intervals.size(); ++i) {
            intervals_[i][row] = methods.intervals[i](table).interval;
        }
        for (std::size_t i = 0; i < methods.estimates.size(); ++i) {
            const Finding finding = methods.estimates[i](table);
            estimates_[i][row] = {finding.estimate, finding.standard_error};
        }
        for (std::size_t i = 0; i < methods.audits.size(); ++i)
            agreements_[i][row] = audit(methods, i, row);
    }
}

std::size_t Judgement::row_of(const design::Table2x2& table) const {
    const auto found = std::ranges::lower_bound(tables_, table);
    if (found == tables_.end() || *found != table) {
        throw std::out_of_range("Judgement: the table is not among those judged");
    }
    return static_cast<std::size_t>(found - tables_.begin());
}

bool Judgement::rejects_at(std::size_t test, const design::Table2x2& table) const {
    const design::ArmSizes sizes{table.treated.n, table.control.n};
    const auto found = std::ranges::lower_bound(methods_, sizes, {}, &Methods::sizes);
    if (found == methods_.end() || found->sizes != sizes) {
        throw std::out_of_range("Judgement: no table of these arm sizes is among those judged");
    }
    return analysis::rejects(found->tests[test](table), plan_->alpha);
}

Agreement Judgement::audit(const Methods& methods, std::size_t pair, std::size_t row) const {
    const Audit& audit = methods.audits[pair];
    if (!audit.is_possible) return Agreement::undefined;
    const auto [test, interval] = plan_->pairs[pair];
    const Interval limits =
        audit.interval ? audit.interval(tables_[row]).interval : intervals_[interval][row];
    const double null = plan_->margin_measure()
                            ? plan_->null.value
                            : design::no_effect(plan_->intervals[interval].measure);
    const IntervalVerdict verdict = plan_->equivalence ? verdict_on(limits, *plan_->equivalence)
                                                       : verdict_on_null(limits, null, *plan_);
    if (verdict == IntervalVerdict::none) return Agreement::undefined;
    const bool rejected = rejects(test, row);
    const bool covers = verdict == IntervalVerdict::includes;
    if (rejected == covers) {
        return rejected ? Agreement::reject_but_covers_null : Agreement::accept_but_excludes_null;
    }
    return Agreement::agree;
}

}  // namespace rsasim::analysis
