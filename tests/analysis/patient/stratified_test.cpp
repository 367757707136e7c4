#include "analysis/patient/trial_lanes.hpp"
#include "support/reference.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/chi_square.hpp>

using namespace patient;
using analysis::Finding;
using analysis::Status;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

const auto mantel_haenszel = choice("mantel-haenszel", design::Measure::conditional_odds_ratio);
const auto corrected = choice("mantel-haenszel-corrected", std::nullopt);
const auto exact = choice("exact-conditional", design::Measure::conditional_odds_ratio);

std::vector<Stratum> strata_of(const reference::Json& entry) {
    return entry.at("input").at("strata").get<std::vector<Stratum>>();
}

/// Rothman's two strata of tolbutamide, one without control events and one of a single outcome.
const std::vector<Stratum> four_strata{
    {8, 98, 5, 115}, {22, 76, 16, 69}, {3, 0, 2, 4}, {1, 5, 0, 6}};

double choose(int n, int k) {
    double product = 1;
    for (int i = 0; i < k; ++i)
        product = product * (n - i) / (i + 1);
    return std::round(product);
}

/// Weights of all pairs of tables of two strata with given margins, by their total.
std::vector<double> weights_by_total(const std::array<Stratum, 2>& strata) {
    const auto weight = [](const Stratum& s, int x) {
        const int m = s[0] + s[2];
        return m - x < 0 || m - x > s[2] + s[3]
                   ? 0
                   : choose(s[0] + s[1], x) * choose(s[2] + s[3], m - x);
    };
    const int n1 = strata[0][0] + strata[0][1], n2 = strata[1][0] + strata[1][1];
    std::vector<double> weights(static_cast<std::size_t>(n1 + n2) + 1, 0.0);
    for (int x1 = 0; x1 <= n1; ++x1) {
        for (int x2 = 0; x2 <= n2; ++x2)
            weights[static_cast<std::size_t>(x1 + x2)] +=
                weight(strata[0], x1) * weight(strata[1], x2);
    }
    return weights;
}

/// Share of the totals that `is_counted`, at a common odds ratio.
template <class Predicate>
double share(const std::vector<double>& weights, double odds_ratio, Predicate is_counted) {
    double counted = 0, total = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const double weight = weights[k] * std::pow(odds_ratio, static_cast<double>(k));
        total += weight;
        if (is_counted(k)) counted += weight;
    }
    return counted / total;
}

}  // namespace

TEST_CASE("Strata without information leave no Mantel-Haenszel finding", "[exact]") {
    for (const std::vector<Stratum>& strata : {std::vector<Stratum>{},
                                               {{0, 0, 0, 0}},
                                               {{5, 3, 0, 0}},
                                               {{0, 0, 2, 2}, {4, 4, 0, 0}},
                                               {{5, 0, 6, 0}},
                                               {{0, 7, 0, 2}, {1, 0, 0, 0}}}) {
        Trial trial = trial_of(strata);
        trial.push_back({.weight = 0});
        const Finding finding = analyse(trial, mantel_haenszel);
        CHECK(finding.status == Status::degenerate);
        CHECK(std::isnan(finding.estimate));
        CHECK(std::isnan(finding.p_value.two_sided));
        CHECK(finding.interval.lower == 0);
        CHECK(finding.interval.upper == infinity);
        CHECK(analyse(trial, corrected).status == Status::degenerate);
        const Finding exactly = analyse(trial, exact);
        CHECK(exactly.status == Status::degenerate);
        CHECK(exactly.interval.upper == infinity);
        CHECK(exactly.p_value.two_sided == 1);
    }
}

TEST_CASE("Strata that lack an arm or an outcome change nothing", "[exact]") {
    auto more = four_strata;
    more.push_back({4, 3, 0, 0});
    more.push_back({0, 0, 1, 9});
    more.push_back({0, 0, 0, 0});
    for (const auto& method : {mantel_haenszel, corrected, exact}) {
        const Finding finding = analyse(trial_of(four_strata), method);
        const Finding same = analyse(trial_of(more), method);
        CHECK(finding.status == Status::ok);
        CHECK(same.p_value.two_sided == finding.p_value.two_sided);
        if (method.measure) CHECK(same.estimate == finding.estimate);
        if (method.measure) CHECK(same.interval.upper == finding.interval.upper);
    }
}

TEST_CASE("An infinite common odds ratio keeps its P-value", "[exact]") {
    const Trial trial = trial_of({{5, 0, 2, 3}, {4, 0, 1, 4}});
    const Finding finding = analyse(trial, mantel_haenszel);
    CHECK(finding.status == Status::degenerate);
    CHECK(finding.estimate == infinity);
    CHECK(finding.interval.lower == 0);
    // Excess 1.5 + 16/9 events, variance 5*5*7*3/(100*9) + 4*5*5*4/(81*8).
    const double excess = 1.5 + 16.0 / 9, variance = 525.0 / 900 + 400.0 / 648;
    CHECK(
        finding.p_value.two_sided ==
        Approx(rsasim::math::chi_square_upper_tail(excess * excess / variance, 1)).epsilon(1e-12));
    const Finding exactly = analyse(trial, exact);
    CHECK(exactly.status == Status::degenerate);
    CHECK(exactly.estimate == infinity);
    CHECK(exactly.interval.lower > 1);
    CHECK(exactly.interval.upper == infinity);
    // 1 / (C(10, 7) C(9, 5) / (C(5, 2) C(5, 1))) = 50 / 15120.
    CHECK(exactly.p_value.greater == Approx(50.0 / 15120).epsilon(1e-12));
}

TEST_CASE("Mantel-Haenszel methods meet the reference set", "[reference]") {
    for (const auto& entry : reference::entries("stratified")) {
        INFO(entry.at("id"));
        const auto& expected = entry.at("expected");
        const auto& tolerance = entry.at("tolerance");
        const Trial trial = trial_of(strata_of(entry));
        const Finding finding = analyse(trial, mantel_haenszel);
        CHECK(finding.status == Status::ok);
        CHECK(reference::agrees(finding.estimate, expected.at("or_mh"), tolerance));
        CHECK(reference::agrees(finding.standard_error, expected.at("se_log_or_rbg"), tolerance));
        CHECK(reference::agrees(finding.interval.lower, expected.at("or_ci_rbg")[0], tolerance));
        CHECK(reference::agrees(finding.interval.upper, expected.at("or_ci_rbg")[1], tolerance));
        CHECK(reference::agrees(finding.statistic, expected.at("cmh")[0], tolerance));
        CHECK(reference::agrees(finding.p_value.two_sided, expected.at("cmh")[1], tolerance));
        const Finding with_correction = analyse(trial, corrected);
        CHECK(reference::agrees(with_correction.statistic, expected.at("cmh_cc")[0], tolerance));
        CHECK(reference::agrees(with_correction.p_value.two_sided, expected.at("cmh_cc")[1],
                                tolerance));
    }
}

TEST_CASE("The stratified exact method meets the reference set", "[reference]") {
    for (const auto& entry : reference::entries("stratified_exact")) {
        INFO(entry.at("id"));
        const auto& expected = entry.at("expected");
        const auto& tolerance = entry.at("tolerance");
        const Finding finding = analyse(trial_of(strata_of(entry)), exact);
        CHECK(finding.status == Status::ok);
        CHECK(reference::agrees(finding.estimate, expected.at("cmle"), tolerance));
        CHECK(reference::agrees(finding.interval.lower, expected.at("ci")[0], tolerance));
        CHECK(reference::agrees(finding.interval.upper, expected.at("ci")[1], tolerance));
        CHECK(reference::agrees(finding.p_value.two_sided, expected.at("p_minlike"), tolerance));
        CHECK(reference::agrees(finding.p_value.greater, expected.at("p_ge"), tolerance));
        CHECK(reference::agrees(finding.p_value.less, expected.at("p_le"), tolerance));
    }
}

TEST_CASE("Stratified methods agree with R's mantelhaen.test on four strata", "[reference]") {
    const Trial trial = trial_of(four_strata);
    const Finding finding = analyse(trial, mantel_haenszel);
    CHECK(finding.statistic == Approx(2.5446944047385642).epsilon(1e-12));
    CHECK(finding.estimate == Approx(1.6111757378884239).epsilon(1e-12));
    CHECK(finding.interval.lower == Approx(0.89231084518037951).epsilon(1e-12));
    CHECK(finding.interval.upper == Approx(2.9091737171877048).epsilon(1e-12));
    CHECK(finding.p_value.two_sided == Approx(0.11066532108877893).epsilon(1e-12));
    CHECK(finding.p_value.greater == Approx(0.055332660544389421).epsilon(1e-12));
    CHECK(finding.p_value.less == Approx(0.94466733945561054).epsilon(1e-12));
    const Finding with_correction = analyse(trial, corrected);
    CHECK(with_correction.statistic == Approx(2.0941808122767354).epsilon(1e-12));
    CHECK(with_correction.p_value.greater == Approx(0.073930472629293184).epsilon(1e-12));
    CHECK(with_correction.p_value.less == Approx(0.9260695273707068).epsilon(1e-12));
    const Finding exactly = analyse(trial, exact);
    CHECK(exactly.p_value.two_sided == Approx(0.13779711398154315).epsilon(1e-10));
    CHECK(exactly.p_value.greater == Approx(0.073279234654313005).epsilon(1e-10));
    CHECK(exactly.p_value.less == Approx(0.96005696132038831).epsilon(1e-10));
    // R's root finder stops at a tolerance of 1.2e-4.
    CHECK(exactly.estimate == Approx(1.6155450404571192).epsilon(2e-4));
    CHECK(exactly.interval.lower == Approx(0.8605720462697023).epsilon(2e-4));
    CHECK(exactly.interval.upper == Approx(3.0896945515023182).epsilon(2e-4));
}

TEST_CASE("The correction is R's: 1/2 where the excess is as large, and else nothing",
          "[reference]") {
    struct Expected {
        std::vector<Stratum> strata;
        double statistic, p_value;
    };
    // R 4.2.2, mantelhaen.test(x, correct = TRUE); excesses 0.12, -0.14, 0.47, 1/2, -1/2 and 1.
    for (const auto& [strata, statistic, p_value] :
         {Expected{{{4, 6, 5, 7}, {6, 4, 5, 4}}, 0.0055027985661279021, 0.94086648303043308},
          Expected{{{9, 6, 8, 6}, {3, 8, 4, 8}}, 0.0064284165695419346, 0.93609615902232379},
          Expected{{{4, 2, 6, 5}, {3, 3, 3, 3}}, 0.12185728504046048, 0.72702877929908094},
          Expected{{{6, 4, 5, 5}, {5, 5, 5, 5}}, 0, 1},
          Expected{{{5, 5, 6, 4}, {5, 5, 5, 5}}, 0, 1},
          Expected{{{7, 4, 5, 6}, {5, 5, 5, 5}}, 0.091095890410958891, 0.76278855367471121}}) {
        const Finding finding = analyse(trial_of(strata), corrected);
        CHECK(finding.statistic == Approx(statistic).epsilon(1e-10).margin(1e-15));
        CHECK(finding.p_value.two_sided == Approx(p_value).epsilon(1e-10));
    }
}

TEST_CASE("An excess of 1/2 is corrected where its sum rounds to less", "[exact]") {
    // 1/3 - 1/2 + 2/3
    const Trial trial = trial_of({{1, 1, 0, 1}, {0, 1, 1, 0}, {2, 2, 0, 2}});
    CHECK(analyse(trial, corrected).p_value.two_sided == Approx(1).epsilon(1e-6));
}

TEST_CASE("Exact results are sums over all tables of two strata", "[exact]") {
    for (const std::array<Stratum, 2>& strata :
         {std::array<Stratum, 2>{{{3, 4, 1, 6}, {5, 2, 2, 3}}},
          {{{6, 0, 3, 3}, {2, 5, 4, 4}}},
          {{{4, 4, 4, 4}, {3, 3, 3, 3}}},
          {{{1, 7, 5, 3}, {0, 6, 2, 4}}}}) {
        const auto weights = weights_by_total(strata);
        const auto observed = static_cast<std::size_t>(strata[0][0] + strata[1][0]);
        const Finding finding = analyse(trial_of({strata[0], strata[1]}), exact);
        const double slack = weights[observed] * (1 + 1e-7);
        CHECK(finding.p_value.two_sided == Approx(share(weights, 1, [&](std::size_t k) {
                                               return weights[k] <= slack;
                                           })).epsilon(1e-12));
        CHECK(finding.p_value.greater == Approx(share(weights, 1, [&](std::size_t k) {
                                             return k >= observed;
                                         })).epsilon(1e-12));
        CHECK(share(weights, finding.interval.lower,
                    [&](std::size_t k) { return k >= observed; }) == Approx(0.025).epsilon(1e-9));
        CHECK(share(weights, finding.interval.upper,
                    [&](std::size_t k) { return k <= observed; }) == Approx(0.025).epsilon(1e-9));
        double mean = 0;
        for (std::size_t total = 0; total < weights.size(); ++total)
            mean += share(weights, finding.estimate, [&](std::size_t k) { return k > total; });
        CHECK(mean == Approx(static_cast<double>(observed)).epsilon(1e-10));
    }
}

TEST_CASE("One stratum gives the exact method the findings of its 2x2 table", "[property]") {
    const Trial trial = trial_of({{60, 15, 47, 27}});
    const Finding finding = analyse(trial, exact);
    CHECK(finding.p_value.two_sided == Approx(0.029612).margin(5e-7));
    CHECK(finding.estimate == Approx(2.284915).margin(5e-7));
    CHECK(finding.interval.lower == Approx(1.037261).margin(5e-7));
    CHECK(finding.interval.upper == Approx(5.188347).margin(5e-7));
}

TEST_CASE("Swapping the arms inverts the stratified odds ratios", "[property]") {
    auto swapped = four_strata;
    for (auto& [a, b, c, d] : swapped) {
        std::swap(a, c);
        std::swap(b, d);
    }
    for (const auto& method : {mantel_haenszel, exact}) {
        const Finding one = analyse(trial_of(four_strata), method);
        const Finding other = analyse(trial_of(swapped), method);
        CHECK(other.estimate == Approx(1 / one.estimate).epsilon(1e-12));
        CHECK(other.interval.lower == Approx(1 / one.interval.upper).epsilon(1e-11));
        CHECK(other.p_value.less == Approx(one.p_value.greater).epsilon(1e-12));
        CHECK(other.p_value.two_sided == Approx(one.p_value.two_sided).epsilon(1e-12));
    }
}

TEST_CASE("What a lane finds does not depend on the others", "[property]") {
    const std::vector<Trial> trials{trial_of(four_strata),
                                    trial_of({{5, 0, 2, 3}, {4, 1, 0, 5}}),
                                    trial_of({}),
                                    trial_of({{60, 15, 47, 27}}),
                                    trial_of({{1, 1, 1, 1}, {2, 3, 4, 5}}),
                                    trial_of({{9, 0, 9, 0}}),
                                    trial_of({{3, 8, 6, 5}}),
                                    trial_of({{0, 8, 6, 5}, {2, 2, 3, 1}})};
    const Lanes lanes(trials);
    for (const auto& method : {mantel_haenszel, corrected, exact}) {
        const auto together = analyse(lanes, method);
        for (std::size_t lane = 0; lane < trials.size(); ++lane) {
            const Finding alone = analyse(Lanes({trials[lane]}), method).front();
            CHECK(alone.status == together[lane].status);
            CHECK((alone.p_value.two_sided == together[lane].p_value.two_sided ||
                   std::isnan(alone.p_value.two_sided)));
            CHECK((alone.interval.upper == together[lane].interval.upper ||
                   std::isnan(alone.interval.upper)));
        }
    }
}

TEST_CASE("A margin moves the exact test and makes Mantel-Haenszel's a Wald test", "[exact]") {
    analysis::PatientSetting setting;
    setting.null = {design::Measure::conditional_odds_ratio, 0.8};
    const Trial trial = trial_of(four_strata);
    const Finding wald = analyse(trial, mantel_haenszel, setting);
    CHECK(wald.statistic ==
          Approx((std::log(wald.estimate) - std::log(0.8)) / wald.standard_error).epsilon(1e-12));
    setting.null.value = analyse(trial, exact).interval.lower;
    CHECK(analyse(trial, exact, setting).p_value.greater == Approx(0.025).epsilon(1e-9));
}

TEST_CASE("Hundreds of matched pairs give the exact method McNemar's binomial", "[exact]") {
    // 300 pairs with an event in the treated woman alone, 200 in the control woman alone: the total
    // is binomial(500, 1/2).
    std::vector<Stratum> pairs(300, {1, 0, 0, 1});
    pairs.insert(pairs.end(), 200, {0, 1, 1, 0});
    analysis::PatientSetting setting;
    setting.strata = pairs.size();
    const Finding finding = analyse(trial_of(pairs), exact, setting);
    CHECK(finding.estimate == Approx(1.5).epsilon(1e-12));
    // R 4.2: pbinom(299, 500, 0.5, lower.tail = FALSE).
    CHECK(finding.p_value.greater == Approx(4.4700332711266387e-06).epsilon(1e-9));
}
