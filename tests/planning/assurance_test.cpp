#include "planned.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace {

using namespace rsasim;
using planned::AnalysisPlan;
using planned::ArmSizes;
using planned::Rates;
using planned::Region;

planning::SharedPlan shared(const AnalysisPlan& plan) {
    return std::make_shared<const AnalysisPlan>(plan);
}

/// Rejected tables that favour the treatment.
Region favourable_region(const ArmSizes& sizes, const AnalysisPlan& plan) {
    auto region = planning::rejection_region(planned::design_of(sizes, plan), 0, 2);
    const analysis::TableGrid grid(sizes);
    for (std::size_t i = 0; i < region.size(); ++i) {
        if (!analysis::is_favourable(grid.table(i), plan)) region[i] = 0;
    }
    return region;
}

/// P(x events of n) under a beta prior of the rate: C(n, x) B(x + a, n - x + b) / B(a, b).
double beta_binomial(std::int64_t x, std::int64_t n, const design::BetaPrior& prior) {
    const auto log_beta = [](double a, double b) {
        return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
    };
    const auto successes = static_cast<double>(x), failures = static_cast<double>(n - x);
    const double log_choose =
        -std::log(static_cast<double>(n) + 1) - log_beta(successes + 1, failures + 1);
    return std::exp(log_choose + log_beta(successes + prior.a, failures + prior.b) -
                    log_beta(prior.a, prior.b));
}

double closed_form(const ArmSizes& sizes, const Region& region, const design::BetaPrior& treated,
                   const design::BetaPrior& control) {
    const analysis::TableGrid grid(sizes);
    double sum = 0;
    for (std::size_t i = 0; i < region.size(); ++i) {
        const auto table = grid.table(i);
        sum += region[i] * beta_binomial(table.treated.events, sizes.treated, treated) *
               beta_binomial(table.control.events, sizes.control, control);
    }
    return sum;
}

double density(const design::BetaPrior& prior, double rate) {
    return std::exp((prior.a - 1) * std::log(rate) + (prior.b - 1) * std::log1p(-rate) -
                    std::lgamma(prior.a) - std::lgamma(prior.b) + std::lgamma(prior.a + prior.b));
}

/// By the midpoint rule on the control rate and on z, the normal score of the ratio.
double by_midpoints(const ArmSizes& sizes, const Region& region, const design::RatesPrior& prior,
                    int cells) {
    double sum = 0, mass = 0;
    for (int i = 0; i < cells; ++i) {
        const double control = (i + 0.5) / cells;
        for (int k = 0; k < cells; ++k) {
            const double z = -8 + 16 * (k + 0.5) / cells;
            const double ratio = prior.ratio->median * std::exp(prior.ratio->log_sd * z);
            const double treated = design::treated_rate_for(prior.ratio->measure, ratio, control);
            if (treated > 1) continue;
            const double weight = density(*prior.control_rate, control) * std::exp(-z * z / 2);
            sum += weight * planned::probability(sizes, region, {treated, control});
            mass += weight;
        }
    }
    return sum / mass;
}

}  // namespace

TEST_CASE("Assurance under two beta priors is the beta-binomial sum", "[exact]") {
    const design::BetaPrior treated{60.5, 15.5}, control{47.5, 27.5}, flat{1, 1},
        jeffreys{0.5, 0.5};
    for (const auto& [of_treated, of_control] :
         {std::pair(treated, control), std::pair(flat, control), std::pair(jeffreys, jeffreys)}) {
        for (const auto* test : {"pearson", "fisher", "boschloo"}) {
            const auto plan = planned::plan_with(test);
            design::RatesPrior prior;
            prior.treated_rate = of_treated;
            prior.control_rate = of_control;
            for (const auto& sizes : {ArmSizes{20, 20}, ArmSizes{75, 74}, ArmSizes{120, 60}}) {
                INFO(test << " " << sizes.treated);
                const double expected =
                    closed_form(sizes, favourable_region(sizes, plan), of_treated, of_control);
                const auto goal = planning::assurance_goal(shared(plan), 0, prior);
                CHECK(goal->at(sizes) == Approx(expected).margin(1e-9));
            }
        }
    }
}

TEST_CASE("Assurance under U-shaped priors is the beta-binomial sum", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    const ArmSizes sizes{75, 74};
    const auto region = favourable_region(sizes, plan);
    for (const auto& [of_treated, of_control] :
         {std::pair(design::BetaPrior{1, 1}, design::BetaPrior{0.03, 0.03}),
          std::pair(design::BetaPrior{0.01, 2}, design::BetaPrior{3, 0.002}),
          std::pair(design::BetaPrior{0.5, 1e-3}, design::BetaPrior{1e-3, 1})}) {
        INFO(of_treated.a << " " << of_control.a);
        design::RatesPrior prior;
        prior.treated_rate = of_treated;
        prior.control_rate = of_control;
        const double expected = closed_form(sizes, region, of_treated, of_control);
        CHECK(planning::assurance_goal(shared(plan), 0, prior)->at(sizes) ==
              Approx(expected).margin(1e-9));
    }
    design::RatesPrior prior;
    prior.treated_rate = design::BetaPrior{1, 1};
    prior.control_rate = design::BetaPrior{0.03, 0.03};
    // P(treated > control) is 1/2 where both are symmetric about 1/2.
    CHECK(planning::largest_assurance(plan, prior) == Approx(0.5).margin(1e-9));
}

TEST_CASE("A prior of a ratio is favourable as often beside a U-shaped control rate", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    design::RatesPrior prior;
    prior.control_rate = design::BetaPrior{0.03, 0.03};
    prior.ratio = design::LogNormalPrior{design::Measure::odds_ratio, 1.5, 0.5};
    const double favourable = std::erfc(-std::log(1.5) / 0.5 / std::numbers::sqrt2) / 2;
    CHECK(planning::largest_assurance(plan, prior) == Approx(favourable).margin(1e-9));
}

TEST_CASE("An odds ratio of any spread splits treated rates into 0 and 1 at the end", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    const ArmSizes sizes{30, 25};
    const auto region = favourable_region(sizes, plan);
    const auto power = [&](double treated) {
        return planned::probability(sizes, region, {treated, 0.4});
    };
    design::RatesPrior prior;
    prior.known_control_rate = 0.4;
    for (const double log_sd : {1e9, 1e300}) {
        prior.ratio = design::LogNormalPrior{design::Measure::odds_ratio, 2.3, log_sd};
        CHECK(planning::assurance_goal(shared(plan), 0, prior)->at(sizes) ==
              Approx((power(0) + power(1)) / 2).margin(1e-7));
        CHECK(planning::largest_assurance(plan, prior) == Approx(0.5).margin(1e-8));
        // As a risk ratio: half of the prior has a rate of 0, the rest exceeds 1 and is cut.
        prior.ratio->measure = design::Measure::risk_ratio;
        auto lower = plan;
        lower.direction = design::Direction::lower_is_better;
        CHECK(planning::assurance_goal(shared(lower), 0, prior)->at(sizes) ==
              Approx(planned::probability(sizes, favourable_region(sizes, lower), {0, 0.4}))
                  .margin(1e-7));
    }
    // Trapezoids of 1/100,000 of the range, beside the exact lumps.
    prior.ratio = design::LogNormalPrior{design::Measure::odds_ratio, 2.3, 250};
    double sum = 0;
    constexpr int cells = 200'000;
    for (int i = 0; i < cells; ++i) {
        const double z = -9 + 18 * (i + 0.5) / cells;
        const double logit = std::log(2.3) + 250 * z + std::log(0.4 / 0.6);
        const double rate =
            logit > 0 ? 1 / (1 + std::exp(-logit)) : std::exp(logit) / (1 + std::exp(logit));
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        if (std::abs(logit) < 40) {
            sum += 18.0 / cells * density * power(rate);
        } else {
            sum += 18.0 / cells * density * power(logit > 0 ? 1 : 0);
        }
    }
    CHECK(planning::assurance_goal(shared(plan), 0, prior)->at(sizes) == Approx(sum).margin(1e-5));
}

TEST_CASE("Assurance under a prior of a ratio is the double integral", "[exact]") {
    using enum design::Measure;
    design::RatesPrior prior;
    prior.control_rate = design::BetaPrior{12, 8};
    const ArmSizes sizes{30, 25};
    const auto plan = planned::plan_with("pearson");
    const auto region = favourable_region(sizes, plan);
    for (const auto& ratio : {design::LogNormalPrior{odds_ratio, 2.3, 0.35},
                              design::LogNormalPrior{odds_ratio, 0.9, 1.5},
                              design::LogNormalPrior{risk_ratio, 1.2, 0.15}}) {
        prior.ratio = ratio;
        INFO(design::name_of(ratio.measure) << " " << ratio.median);
        const auto goal = planning::assurance_goal(shared(plan), 0, prior);
        // The cut at a treated rate of 1 costs the midpoint rule accuracy, not the goal.
        const double margin = ratio.measure == risk_ratio ? 5e-5 : 1e-6;
        CHECK(goal->at(sizes) == Approx(by_midpoints(sizes, region, prior, 600)).margin(margin));
    }
}

TEST_CASE("A narrow prior gives the power at its middle", "[exact]") {
    const auto plan = planned::plan_with("fisher");
    const ArmSizes sizes{75, 74};
    design::RatesPrior prior;
    prior.known_control_rate = 0.6351;
    prior.ratio = design::LogNormalPrior{design::Measure::risk_ratio, 0.8 / 0.6351, 1e-6};
    const double expected =
        planned::probability(sizes, favourable_region(sizes, plan), {0.8, 0.6351});
    CHECK(planning::assurance_goal(shared(plan), 0, prior)->at(sizes) ==
          Approx(expected).margin(1e-8));
}

TEST_CASE("Assurance tends to the prior probability of a favourable truth", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    design::RatesPrior prior;
    prior.control_rate = design::BetaPrior{47.5, 27.5};
    prior.ratio = design::LogNormalPrior{design::Measure::odds_ratio, 1.5, 0.5};
    const double favourable = std::erfc(-std::log(1.5) / 0.5 / std::numbers::sqrt2) / 2;
    CHECK(planning::largest_assurance(plan, prior) == Approx(favourable).margin(1e-9));
    auto worse = plan;
    worse.direction = design::Direction::lower_is_better;
    CHECK(planning::largest_assurance(worse, prior) == Approx(1 - favourable).margin(1e-9));
    const auto goal = planning::assurance_goal(shared(plan), 0, prior);
    const double large = goal->at({4000, 4000});
    CHECK(large < favourable);
    CHECK(large > favourable - 0.08);
}

TEST_CASE("Priors without a meaning or without mass are refused", "[exact]") {
    const auto plan = shared(planned::plan_with("pearson"));
    design::RatesPrior prior;
    prior.control_rate = design::BetaPrior{47.5, 27.5};
    CHECK_THROWS_WITH(planning::assurance_goal(plan, 0, prior), Catch::Contains("one prior"));
    prior.ratio = design::LogNormalPrior{design::Measure::risk_ratio, 20, 0.01};
    CHECK_THROWS_WITH(planning::assurance_goal(plan, 0, prior), Catch::Contains("no mass"));
    prior.ratio->log_sd = 0;
    CHECK_THROWS_WITH(planning::assurance_goal(plan, 0, prior), Catch::Contains("above 0"));
    prior.ratio.reset();
    prior.treated_rate = design::BetaPrior{-1, 2};
    CHECK_THROWS_WITH(planning::assurance_goal(plan, 0, prior), Catch::Contains("two shapes"));
}
