#include "rejection_rows.hpp"
#include "row_power.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

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

  private:
    SharedPlan plan_;
    std::size_t test_;
    WorstCase worst_;
};

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
    for (const double control : {lowest, highest}) {
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
