#include <algorithm>
#include <limits>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>
#include <rsasim/planning/test_power.hpp>

namespace rsasim::planning {

namespace {

/// Tables less probable than this are never asked: all of them together stay below 1e-12.
constexpr double least_probability = 1e-22;

/// From one contour of the probability of tables to the next.
constexpr double contour_step = 0.25;

/// The columns of a row that were asked: [first, last).
struct Asked {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The numbers of events of an arm that have any weight.
struct ArmWeights {
    std::int64_t n = 0;
    std::int64_t lowest = 0;
    std::vector<double> weights;
    std::size_t mode = 0;  // index of the largest

    ArmWeights(std::int64_t women, double rate) : n(women) {
        const auto all = math::binomial_probabilities(women, rate);
        const auto has_weight = [](double weight) { return weight >= least_probability; };
        const auto first = std::ranges::find_if(all, has_weight);
        auto last = first;
        while (last != all.end() && has_weight(*last))
            ++last;
        lowest = first - all.begin();
        weights.assign(first, last);
        mode = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
    }
    [[nodiscard]] design::ArmCounts arm(std::size_t index) const {
        return {lowest + static_cast<std::int64_t>(index), n};
    }
};

/// Tables in order of contours of their probability, highest first.
class ContourSum {
  public:
    ContourSum(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates)
        : rule_(&rule),
          treated_(sizes.treated, rates.treated),
          control_(sizes.control, rates.control),
          asked_(treated_.weights.size(), {control_.mode, control_.mode}),
          level_(treated_.weights[treated_.mode] * control_.weights[control_.mode]) {}

    [[nodiscard]] PowerBounds bounds() const {
        return {rejected_, std::max(rejected_, std::min(1.0, 1 - accepted_))};
    }
    [[nodiscard]] bool is_complete() const { return level_ < least_probability; }

    /// Goes down to the next contour.
    void descend() {
        level_ *= contour_step;
        for (std::size_t row = 0; row < asked_.size(); ++row) {
            const double weight = treated_.weights[row];
            auto& [first, last] = asked_[row];
            while (last < control_.weights.size() && weight * control_.weights[last] >= level_)
                ask(row, last++);
            while (first > 0 && weight * control_.weights[first - 1] >= level_)
                ask(row, --first);
        }
    }

  private:
    void ask(std::size_t row, std::size_t column) {
        const double weight = treated_.weights[row] * control_.weights[column];
        (rule_->rejects({treated_.arm(row), control_.arm(column)}) ? rejected_ : accepted_) +=
            weight;
    }

    const TestRule* rule_;
    ArmWeights treated_, control_;
    std::vector<Asked> asked_;
    double level_;
    double rejected_ = 0;
    double accepted_ = 0;
};

}  // namespace

TestRule::TestRule(const design::ArmSizes& sizes, const design::AnalysisPlan& plan,
                   std::size_t test)
    : alpha_(plan.alpha) {
    const auto add_part = [&](const design::Effect& null, analysis::Tail tail) {
        analysis::Setting setting{sizes};
        setting.null = null;
        setting.decision = {tail, plan.alpha};
        parts_.push_back({analysis::prepare(analysis::Role::test, design::Measure::odds_ratio,
                                            plan.tests.at(test), setting),
                          tail});
    };
    if (const auto& margins = plan.equivalence) {
        add_part({margins->measure, margins->lower}, analysis::Tail::greater);
        add_part({margins->measure, margins->upper}, analysis::Tail::less);
    } else {
        add_part(plan.null, analysis::deciding_tail(plan));
    }
}

bool TestRule::rejects(const design::Table2x2& table) const {
    return std::ranges::all_of(parts_, [&](const Part& part) {
        return analysis::rejects(part.judge(table).p_value.of(part.tail), alpha_);
    });
}

double exact_power(const design::ArmSizes& sizes, const TestRule& rule,
                   const design::Rates& rates) {
    ContourSum sum(sizes, rule, rates);
    while (!sum.is_complete())
        sum.descend();
    return sum.bounds().lower;
}

PowerBounds power_against(const design::ArmSizes& sizes, const TestRule& rule,
                          const design::Rates& rates, double target) {
    ContourSum sum(sizes, rule, rates);
    while (!sum.is_complete()) {
        sum.descend();
        const PowerBounds bounds = sum.bounds();
        if (bounds.lower >= target || bounds.upper < target) return bounds;
    }
    const double power = sum.bounds().lower;
    return {power, power};
}

}  // namespace rsasim::planning
