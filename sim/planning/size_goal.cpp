#include "contour_walk.hpp"
#include "interval_width.hpp"
#include "row_power.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/most_tables.hpp>
#include <rsasim/analysis/null_line.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace rsasim::planning {
namespace {

class PowerGoal : public SizeGoal {
  public:
    PowerGoal(SharedPlan plan, std::size_t test, const design::Rates& rates)
        : plan_(std::move(plan)), test_(test), rates_(rates) {}

    [[nodiscard]] double at(const design::ArmSizes& sizes) const override {
        return row_power(sizes, TestRule(sizes, *plan_, test_), rates_);
    }
    [[nodiscard]] bool is_reached(const design::ArmSizes& sizes, double target) const override {
        const TestRule rule(sizes, *plan_, test_);
        return row_power_against(sizes, rule, rates_, target).lower >= target;
    }
    [[nodiscard]] double by_every_table(const design::ArmSizes& sizes) const override {
        return exact_power(sizes, TestRule(sizes, *plan_, test_), rates_);
    }
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const override {
        return can_be_judged(sizes, *plan_, test_);
    }

  private:
    SharedPlan plan_;
    std::size_t test_;
    design::Rates rates_;
};

class HalfWidthGoal : public SizeGoal {
  public:
    HalfWidthGoal(SharedPlan plan, std::size_t interval, const design::Rates& rates,
                  double half_width)
        : plan_(std::move(plan)), interval_(interval), rates_(rates), half_width_(half_width) {}

    [[nodiscard]] double at(const design::ArmSizes& sizes) const override {
        double narrow = 0, wide = 0;
        add(sizes, narrow, wide, [] { return false; });
        return narrow;
    }
    [[nodiscard]] bool is_reached(const design::ArmSizes& sizes, double target) const override {
        double narrow = 0, wide = 0;
        add(sizes, narrow, wide, [&] { return narrow >= target || 1 - wide < target; });
        return narrow >= target;
    }
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const override {
        const bool is_small =
            analysis::TableGrid(sizes).size() <= analysis::most_unconditional_tables;
        const design::Table2x2 empty{{0, sizes.treated}, {0, sizes.control}};
        return is_small || prepared(sizes)(empty).status != analysis::Status::too_large;
    }

  private:
    [[nodiscard]] analysis::Judge prepared(const design::ArmSizes& sizes) const {
        const auto& choice = plan_->intervals.at(interval_);
        return analysis::prepare(analysis::Role::interval, choice.measure, choice.method,
                                 analysis::Setting{sizes, plan_->confidence});
    }

    template <class IsEnough>
    void add(const design::ArmSizes& sizes, double& narrow, double& wide,
             IsEnough&& is_enough) const {
        const auto measure = plan_->intervals.at(interval_).measure;
        const auto judge = prepared(sizes);
        const auto visit = [&](const design::Table2x2& table, double probability) {
            // Not a number where there is no interval: not narrow either.
            const double half_width = width_of(judge(table).interval, measure) / 2;
            const bool is_narrow = half_width > 0 && half_width <= half_width_;
            (is_narrow ? narrow : wide) += probability;
        };
        ContourWalk(sizes, rates_).visit_until(visit, is_enough);
    }

    SharedPlan plan_;
    std::size_t interval_;
    design::Rates rates_;
    double half_width_;
};

}  // namespace

bool SizeGoal::is_reached(const design::ArmSizes& sizes, double target) const {
    return at(sizes) >= target;
}

double SizeGoal::by_every_table(const design::ArmSizes& sizes) const {
    return at(sizes);
}

bool SizeGoal::is_judged(const design::ArmSizes&) const {
    return true;
}

SharedGoal power_goal(SharedPlan plan, std::size_t test, const design::Rates& rates) {
    if (plan->has_in_null(rates)) {
        throw std::invalid_argument(
            fmt::format("rates of {} (treated) and {} (control) lie in the null hypothesis, so "
                        "that no number of women gives power",
                        rates.treated, rates.control));
    }
    return std::make_shared<PowerGoal>(std::move(plan), test, rates);
}

SharedGoal half_width_goal(SharedPlan plan, std::size_t interval, const design::Rates& rates,
                           double half_width) {
    if (!(half_width > 0) || std::isinf(half_width)) {
        throw std::invalid_argument(fmt::format(
            "a half-width of {} is not to be had: it lies above 0 and is finite", half_width));
    }
    return std::make_shared<HalfWidthGoal>(std::move(plan), interval, rates, half_width);
}

}  // namespace rsasim::planning
