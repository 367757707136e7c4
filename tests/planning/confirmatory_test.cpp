#include "planned.hpp"

#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/engine/enumerate.hpp>
#include <rsasim/planning/confirmatory.hpp>

using namespace rsasim;
using namespace rsasim::planning;

namespace {

using Plan = std::shared_ptr<const design::AnalysisPlan>;

Plan plan_with(const std::string& test, design::Sides sides = design::Sides::two) {
    auto plan = planned::plan_with(test);
    plan.sides = sides;
    return std::make_shared<const design::AnalysisPlan>(plan);
}

AssumedTruth truth_at(double treated, double control) {
    AssumedTruth truth;
    truth.rates = {treated, control};
    return truth;
}

/// Every table of the design asked one by one.
double power_of_all(const Plan& plan, const design::Rates& rates, std::int64_t n) {
    const design::Design design({n, n}, rates, plan);
    const auto judge = analysis::prepare(analysis::Role::test, design::Measure::odds_ratio,
                                         plan->tests.front(), {{n, n}});
    double power = 0;
    for (const auto& row : engine::enumerate(design).tables) {
        const auto p = judge(row.table()).p_value.of(analysis::deciding_tail(*plan));
        power += analysis::rejects(p, plan->alpha) ? row.weight : 0;
    }
    return power;
}

/// The sizes by brute force over every n up to `last`.
std::pair<std::int64_t, std::int64_t> sizes_by_brute_force(const Plan& plan,
                                                           const design::Rates& rates,
                                                           double target, std::int64_t last) {
    std::int64_t first = 0, stable = 0;
    for (std::int64_t n = 1; n <= last; ++n) {
        const bool reaches = power_of_all(plan, rates, n) >= target;
        if (reaches && first == 0) first = n;
        if (!reaches) stable = 0;
        if (reaches && stable == 0) stable = n;
    }
    return {first, stable};
}

}  // namespace

TEST_CASE("Sizes for 90 % power at 0.80 against 0.6351 are those of other programs",
          "[reference]") {
    // R exact2x2 and Exact, equal arms.
    for (const auto& [test, n] : {std::pair("fisher", 165), std::pair("pearson", 154)}) {
        const auto size = confirmatory_size(truth_at(0.8, 0.6351), plan_with(test), {});
        INFO(test);
        REQUIRE(size.first);
        CHECK(size.first->n_per_arm == n);
    }
    const auto fisher = confirmatory_size(truth_at(0.8, 0.6351), plan_with("fisher"), {});
    CHECK(fisher.stable->n_per_arm == 165);
}

TEST_CASE("First and stable are those of brute force over every n", "[exact]") {
    using enum design::Sides;
    struct Case {
        const char* test;
        design::Sides sides;
        double treated, control, target;
    };
    for (const auto& [test, sides, treated, control, target] :
         {Case{"fisher", two, 0.75, 0.5, 0.8}, Case{"fisher-midp", two, 0.5, 0.75, 0.8},
          Case{"wald", two, 0.2, 0.05, 0.9}, Case{"yates", one, 0.3, 0.1, 0.85},
          Case{"z-unpooled", two, 0.02, 0.2, 0.9}, Case{"pearson", two, 1.0, 0.7, 0.9},
          Case{"likelihood-ratio", two, 0.98, 0.8, 0.8}, Case{"pearson", two, 0.9, 0.2, 0.95}}) {
        const auto plan = plan_with(test, sides);
        const auto size = confirmatory_size(truth_at(treated, control), plan, {target});
        INFO(test << " " << treated << " " << control);
        REQUIRE(size.first);
        REQUIRE(size.stable);
        const auto [first, stable] =
            sizes_by_brute_force(plan, {treated, control}, target, size.horizon);
        CHECK(size.first->n_per_arm == first);
        CHECK(size.stable->n_per_arm == stable);
        CHECK(size.first->power ==
              Approx(power_of_all(plan, {treated, control}, first)).margin(1e-11));
    }
}

TEST_CASE("Following the boundaries gives the power of all tables", "[exact]") {
    for (const auto* test : {"fisher", "pearson", "wald", "fisher-blaker"}) {
        const auto plan = plan_with(test);
        const auto size = confirmatory_size(truth_at(0.35, 0.3), plan, {0.4});
        REQUIRE(size.first);
        INFO(test << " " << size.first->n_per_arm);
        CHECK(size.first->power ==
              Approx(power_of_all(plan, {0.35, 0.3}, size.first->n_per_arm)).margin(1e-11));
    }
}

TEST_CASE("Sizes that cannot be are refused with the reason", "[exact]") {
    const auto reason = [](const AssumedTruth& truth, const Plan& plan,
                           const ConfirmatoryRule& rule) {
        const auto size = confirmatory_size(truth, plan, rule);
        CHECK_FALSE(size.first);
        return size.why_not;
    };
    CHECK(reason(truth_at(0.5, 0.5), plan_with("pearson"), {}) == "the effect is nil");
    CHECK(reason(truth_at(0.51, 0.5), plan_with("pearson"), {0.9, 2000}) ==
          "more than 1000 + 1000 women");
    CHECK(reason(truth_at(0.4, 0.5), plan_with("pearson", design::Sides::one), {}) ==
          "the one-sided test looks the other way");
}

TEST_CASE("Threads change nothing about a size", "[threads]") {
    const auto plan = plan_with("fisher");
    const auto one = confirmatory_size(truth_at(0.7, 0.55), plan, {0.9, 2000, 1});
    const auto many = confirmatory_size(truth_at(0.7, 0.55), plan, {0.9, 2000, 7});
    CHECK(one.first->n_per_arm == many.first->n_per_arm);
    CHECK(one.first->power == many.first->power);
    CHECK(one.horizon == many.horizon);
}
