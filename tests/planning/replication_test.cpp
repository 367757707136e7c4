#include "planned.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include <catch2/catch.hpp>

#include <rsasim/planning/replication.hpp>

using namespace rsasim;
using namespace rsasim::planning;

namespace {

constexpr design::Table2x2 trial{{60, 75}, {47, 74}};

std::shared_ptr<const design::AnalysisPlan> plan_with(const std::string& test) {
    return std::make_shared<const design::AnalysisPlan>(planned::plan_with(test));
}

/// C(n, x) p^x q^(n - x) by logarithms of the gamma function.
double binomial(int x, int n, double p) {
    if (p == 0 || p == 1) return x == (p == 0 ? 0 : n) ? 1 : 0;
    return std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                    x * std::log(p) + (n - x) * std::log1p(-p));
}

/// The pooled score test from its textbook formula: chi-square above 3.841459.
bool pearson_rejects(int x, int n1, int y, int n0) {
    const double a = x, b = n1 - x, c = y, d = n0 - y, n = n1 + n0;
    const double margins = (a + b) * (c + d) * (a + c) * (b + d);
    if (margins == 0) return false;
    return n * (a * d - b * c) * (a * d - b * c) / margins >= 3.841458820694124;
}

/// What is asked, by plain loops over all tables.
struct BruteForce {
    double significant = 0, same = 0, magnitude = 0, wrong = 0;
};

BruteForce brute_force(const design::Table2x2& published, const design::Rates& rates) {
    const int n1 = static_cast<int>(published.treated.n),
              n0 = static_cast<int>(published.control.n);
    BruteForce sums;
    for (int x = 0; x <= n1; ++x) {
        for (int y = 0; y <= n0; ++y) {
            if (!pearson_rejects(x, n1, y, n0)) continue;
            const double weight = binomial(x, n1, rates.treated) * binomial(y, n0, rates.control);
            const double difference = static_cast<double>(x) / n1 - static_cast<double>(y) / n0;
            const double seen = published.treated.rate() - published.control.rate();
            sums.significant += weight;
            sums.same += difference * seen > 0 ? weight : 0;
            sums.wrong += difference * (rates.treated - rates.control) < 0 ? weight : 0;
            sums.magnitude +=
                weight *
                std::abs(std::log((x + 0.5) * (n0 - y + 0.5) / ((n1 - x + 0.5) * (y + 0.5))));
        }
    }
    return sums;
}

}  // namespace

TEST_CASE("Replications agree with plain sums over all tables", "[exact]") {
    for (const auto& published :
         {trial, design::Table2x2{{9, 30}, {17, 25}}, design::Table2x2{{12, 12}, {3, 14}},
          design::Table2x2{{5, 40}, {6, 44}}}) {
        const auto truths = assumed_truths(published, 0.95);
        const auto replications = replicate_trial(published, truths, plan_with("pearson"), 1);
        REQUIRE(replications.size() == truths.size());
        for (std::size_t i = 0; i < truths.size(); ++i) {
            INFO(name_of(truths[i].kind) << " of " << published.treated.events);
            const auto sums = brute_force(published, truths[i].rates);
            const auto& one = replications[i];
            CHECK(one.significant == Approx(sums.significant).margin(1e-11));
            CHECK(one.same_direction == Approx(sums.same).margin(1e-11));
            const double truth = std::abs(std::log(truths[i].odds_ratio));
            if (truth == 0) {
                CHECK(std::isnan(one.sign_error));
            } else {
                CHECK(one.sign_error == Approx(sums.wrong / sums.significant).margin(1e-11));
            }
            if (truth > 0 && std::isfinite(truth)) {
                CHECK(one.exaggeration ==
                      Approx(sums.magnitude / sums.significant / truth).epsilon(1e-10));
            } else {
                CHECK(std::isnan(one.exaggeration));
            }
        }
    }
}

TEST_CASE("The average over a posterior agrees with a fine midpoint sum", "[exact]") {
    const auto truths = assumed_truths(trial, 0.95);
    const auto replications = replicate_trial(trial, truths, plan_with("pearson"), 1);
    for (std::size_t i = 0; i < 3; ++i) {
        double average = 0, mass = 0;
        const double low = -2.5, high = 4.5;
        constexpr int pieces = 400;
        for (int piece = 0; piece < pieces; ++piece) {
            const double theta = low + (high - low) * (piece + 0.5) / pieces;
            double density = 0;
            for (const auto& [weight, mean, sd] : truths[i].posterior->components) {
                density += weight / sd * std::exp(-0.5 * std::pow((theta - mean) / sd, 2));
            }
            const double odds = std::exp(theta) * 47.0 / 27;
            average += density * brute_force(trial, {odds / (1 + odds), 47.0 / 74}).significant;
            mass += density;
        }
        CHECK(*replications[i].averaged == Approx(average / mass).margin(1e-7));
    }
}

TEST_CASE("The assumed truths are the observed, two shrunken and the nearer limit", "[exact]") {
    const auto truths = assumed_truths(trial, 0.95);
    REQUIRE(truths.size() == 4);
    CHECK(truths[0].rates.treated == 0.8);
    CHECK(truths[0].odds_ratio == Approx(1620.0 / 705));
    CHECK(truths[3].odds_ratio == Approx(1.098924).margin(5e-7));  // Woolf's lower limit
    for (const auto& truth : truths) {
        CHECK(truth.rates.control == 47.0 / 74);
        CHECK(design::effect_of(design::Measure::odds_ratio, truth.rates) ==
              Approx(truth.odds_ratio).epsilon(1e-12));
    }
    const auto swapped = assumed_truths(design::with_arms_swapped(trial), 0.95);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(swapped[i].odds_ratio == Approx(1 / truths[i].odds_ratio).epsilon(1e-12));
    CHECK(omitted_truths(trial, 0.95).empty());
    CHECK(assumed_truths({{5, 40}, {6, 44}}, 0.95).size() == 3);
    CHECK(assumed_truths({{0, 40}, {0, 44}}, 0.95).size() == 1);
}

TEST_CASE("Every kind of truth is either assumed or omitted with its reason", "[exact]") {
    // Woolf's interval of 12/20 against 10/20 is exp(0.405 -+ 1.96 * 0.639), from 0.43 to 5.25.
    const auto omitted = omitted_truths({{12, 20}, {10, 20}}, 0.95);
    REQUIRE(omitted.size() == 1);
    CHECK(omitted.front().kind == TruthKind::confidence_limit);
    CHECK(omitted.front().why_not == "the interval contains no effect");
    CHECK(omitted_truths({{12, 20}, {10, 20}}, 0.2).empty());  // exp(0.405 -+ 0.253 * 0.639)
    for (const auto& [events, reason] : {std::pair(0, "no woman had"), {9, "every woman had"}}) {
        const auto all = omitted_truths({{events, 9}, {events, 9}}, 0.95);
        REQUIRE(all.size() == 3);
        for (const auto& truth : all)
            CHECK(truth.why_not.starts_with(reason));
    }
}

TEST_CASE("Trials without effect or without significance have no errors of size or sign",
          "[exact]") {
    for (const auto& published :
         {design::Table2x2{{0, 9}, {0, 9}}, {{1, 1}, {0, 1}}, {{9, 9}, {9, 9}}, {{4, 8}, {4, 8}}}) {
        const auto truths = assumed_truths(published, 0.95);
        for (const auto& one : replicate_trial(published, truths, plan_with("fisher"), 1)) {
            CHECK(std::isnan(one.exaggeration));
            CHECK(std::isnan(one.sign_error));
        }
    }
}

TEST_CASE("Threads change nothing about a replication", "[threads]") {
    const auto truths = assumed_truths(trial, 0.95);
    const auto one = replicate_trial(trial, truths, plan_with("fisher"), 1);
    const auto many = replicate_trial(trial, truths, plan_with("fisher"), 8);
    for (std::size_t i = 0; i < truths.size(); ++i) {
        CHECK(one[i].significant == many[i].significant);
        CHECK(one[i].averaged == many[i].averaged);
    }
}

TEST_CASE("Trials that take too many tables are not replicated", "[exact]") {
    const design::Table2x2 large{{60'000'000, 90'000'000}, {50'000'000, 90'000'000}};
    CHECK(replicate_trial(large, assumed_truths(large, 0.95), plan_with("pearson"), 1).empty());
}
