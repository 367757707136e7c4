#include "planned.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/planning/detectable_effect.hpp>
#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/simulated_effect.hpp>

namespace {

using namespace rsasim::planning;
using planned::ArmSizes;
using planned::Design;
using planned::Region;

/// Draws rejections with the exact power of a rejection region.
class DrawnTrials {
  public:
    DrawnTrials(const Design& design, Region region, unsigned seed)
        : design_(design), region_(std::move(region)), seed_(seed) {}

    std::vector<RateLook> operator()(const std::vector<double>& rates, std::int64_t replicates,
                                     int round) const {
        std::mt19937_64 random(1000U * seed_ + static_cast<unsigned>(round));
        std::vector<RateLook> looks;
        for (const double rate : rates) {
            const double power =
                planned::probability(design_.sizes(), region_, {rate, design_.rates().control});
            std::binomial_distribution<std::int64_t> binomial(replicates, std::min(power, 1.0));
            looks.push_back({rate, replicates, binomial(random)});
        }
        return looks;
    }

  private:
    const Design& design_;
    Region region_;
    unsigned seed_;
};

SimulatedEffectQuestion question_of(const Design& design, double farthest, double power = 0.8) {
    SimulatedEffectQuestion question;
    question.sizes = design.sizes();
    question.null_rate = design.rates().control;
    question.farthest_rate = farthest;
    question.power = power;
    return question;
}

}  // namespace

TEST_CASE("The interval of a simulated effect covers the detectable rate as often as it says",
          "[simulation]") {
    int covered = 0, searches = 0;
    for (const auto& [sizes, control] :
         {std::pair{ArmSizes{75, 74}, 0.6351}, {{200, 100}, 0.3}, {{40, 40}, 0.5}}) {
        const auto plan = planned::plan_with("pearson");
        const Design design = planned::design_of(sizes, plan, {control, control});
        const auto region = rejection_region(design, 0, 1);
        const auto exact = detectable_rates(design, 0, 0.8, 1);
        for (unsigned seed = 0; seed < 75; ++seed) {
            for (const bool is_above : {true, false}) {
                const auto found =
                    simulated_detectable_rate(question_of(design, is_above ? 1 : 0),
                                              DrawnTrials(design, region, 2 * seed + is_above));
                REQUIRE(found);
                const double truth = (is_above ? exact.above : exact.below)->treated_rate;
                covered += found->lower <= truth && truth <= found->upper ? 1 : 0;
                ++searches;
                CHECK(found->lower < found->treated_rate);
                CHECK(found->treated_rate < found->upper);
                CHECK(found->treated_rate == Approx(truth).margin(0.01));
                CHECK(found->replicates <= 100'000);
                CHECK(found->replicates > 90'000);
                CHECK(found->power_error < 0.003);
            }
        }
    }
    // 450 searches at 99 %: 4.5 misses expected; with 12 or more the chance is below 0.003.
    CHECK(searches - covered <= 11);
}

TEST_CASE("A side on which no rate has the power has no simulated effect", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    const Design design = planned::design_of({20, 20}, plan, {0.8, 0.8});
    const DrawnTrials trials(design, rejection_region(design, 0, 1), 1);
    CHECK_FALSE(simulated_detectable_rate(question_of(design, 1), trials));
    CHECK(simulated_detectable_rate(question_of(design, 0), trials));
    CHECK_FALSE(simulated_detectable_rate(question_of(design, 0.7), trials));
    CHECK_FALSE(simulated_detectable_rate(question_of(design, 0.8), trials));
}

TEST_CASE("Searches for an effect that cannot end are refused with the reason", "[exact]") {
    const auto plan = planned::plan_with("pearson");
    const Design design = planned::design_of({75, 74}, plan, {0.6351, 0.6351});
    const DrawnTrials trials(design, rejection_region(design, 0, 1), 1);
    CHECK_THROWS_WITH(simulated_detectable_rate(question_of(design, 1, 1 - 1e-10), trials),
                      Catch::Contains("1 - 1e-9"));
    auto question = question_of(design, 1);
    question.replicates = 100;
    CHECK_THROWS_WITH(simulated_detectable_rate(question, trials), Catch::Contains("too few"));
}
