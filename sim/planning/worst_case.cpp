#include "rejection_rows.hpp"
#include "row_power.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace rsasim::planning {
namespace {

constexpr double worst_case_width = 1e-9;

/// The tables that a rule accepts, by following the edges of the others.
analysis::Region accepted_tables(const design::ArmSizes& sizes, const TestRule& rule) {
    const analysis::TableGrid grid(sizes);
    analysis::Region accepted(grid.size(), 1);
    RejectionRows rows(rule, sizes, {0, sizes.treated});
    for (std::int64_t y = 0; y <= sizes.control; ++y) {
        for (const auto& run : rows.at(y)) {
            for (auto x = run.first; x <= run.last; ++x)
                accepted[grid.index_of({{x, sizes.treated}, {y, sizes.control}})] = 0;
        }
    }
    return accepted;
}

class WorstCaseGoal : public SizeGoal {
  public:
    WorstCaseGoal(SharedPlan plan, std::size_t test, const WorstCase& worst)
        : plan_(std::move(plan)), test_(test), worst_(worst) {}

    [[nodiscard]] double at(const design::ArmSizes& sizes) const override {
        const TestRule rule(sizes, *plan_, test_);
        return 1 - certified_maximum(analysis::NullLine(sizes, worst_.effect),
                                     accepted_tables(sizes, rule), worst_.control_rates,
                                     worst_case_width)
                       .upper;
    }
    /// Where the power is too small at a rate of the range, nothing needs to be proved.
    [[nodiscard]] bool is_reached(const design::ArmSizes& sizes, double target) const override {
        const TestRule rule(sizes, *plan_, test_);
        const auto& [lowest, highest] = worst_.control_rates;
        for (const double control : {lowest, highest, (lowest + highest) / 2}) {
            const double treated =
                design::treated_rate_for(worst_.effect.measure, worst_.effect.value, control);
            const bool is_rate = treated >= 0 && treated <= 1;
            if (is_rate &&
                row_power_against(sizes, rule, {treated, control}, target).upper < target)
                return false;
        }
        return at(sizes) >= target;
    }
    [[nodiscard]] double by_every_table(const design::ArmSizes& sizes) const override {
        const design::Design design(sizes, {0.5, 0.5}, plan_);
        return minimum_power(design, test_, worst_.effect, worst_.control_rates, worst_case_width,
                             1)
            .lower;
    }
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const override {
        return can_be_judged(sizes, *plan_, test_);
    }

  private:
    SharedPlan plan_;
    std::size_t test_;
    WorstCase worst_;
};

/// The denominator of the treated rate that has an effect, as a function of the control rate.
double denominator(const design::Effect& effect, double control) {
    return effect.measure == design::Measure::odds_ratio ? 1 - control + effect.value * control : 1;
}

/// Where in the range the treated rate of the effect is nearest to, or furthest beyond, that of a
/// null, if not at an end. Times their denominators the two differ by a polynomial of degree two
/// in the control rate, so that its vertex and the ends tell whether it changes its sign.
std::optional<double> vertex_between(const WorstCase& worst, const design::Effect& null) {
    const auto& [lowest, highest] = worst.control_rates;
    const auto& effect = worst.effect;
    const auto difference = [&](double control) {
        return (design::treated_rate_for(effect.measure, effect.value, control) -
                design::treated_rate_for(null.measure, null.value, control)) *
               denominator(effect, control) * denominator(null, control);
    };
    const double half = (highest - lowest) / 2, middle = lowest + half;
    const double below = difference(lowest), at = difference(middle), above = difference(highest);
    const double slope = (above - below) / 2, curvature = above - 2 * at + below;
    const double steps = -slope / curvature;
    return std::abs(steps) < 1 ? std::optional(middle + steps * half) : std::nullopt;
}

/// Control rates of the range at which the effect lies in the null if it does at any.
std::vector<double> telling_control_rates(const design::AnalysisPlan& plan,
                                          const WorstCase& worst) {
    std::vector<double> rates{worst.control_rates.lowest, worst.control_rates.highest};
    std::vector<design::Effect> nulls{plan.null};
    if (const auto& margins = plan.equivalence)
        nulls = {{margins->measure, margins->lower}, {margins->measure, margins->upper}};
    for (const auto& null : nulls) {
        if (const auto vertex = vertex_between(worst, null)) rates.push_back(*vertex);
    }
    return rates;
}

}  // namespace

SharedGoal worst_case_goal(SharedPlan plan, std::size_t test, const WorstCase& worst) {
    const auto& [lowest, highest] = worst.control_rates;
    if (!(lowest >= 0 && lowest <= highest && highest <= 1)) {
        throw std::invalid_argument(fmt::format(
            "control rates from {} to {} are no range within 0 and 1", lowest, highest));
    }
    if (worst.effect.measure == design::Measure::odds_ratio && (lowest == 0 || highest == 1)) {
        throw std::invalid_argument(
            "a control rate of 0 or 1 has no odds ratio; the range must lie inside");
    }
    for (const double control : telling_control_rates(*plan, worst)) {
        const double treated =
            design::treated_rate_for(worst.effect.measure, worst.effect.value, control);
        if (treated < 0 || treated > 1) {
            throw std::invalid_argument(fmt::format(
                "at a control rate of {} the {} of {} needs a treated rate of {}", control,
                design::name_of(worst.effect.measure), worst.effect.value, treated));
        }
        if (plan->has_in_null({treated, control})) {
            throw std::invalid_argument(
                fmt::format("at a control rate of {} the effect lies in the null hypothesis, so "
                            "that no number of women gives power",
                            control));
        }
    }
    return std::make_shared<WorstCaseGoal>(std::move(plan), test, worst);
}

}  // namespace rsasim::planning
