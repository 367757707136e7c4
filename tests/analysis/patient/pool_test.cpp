#include <array>
#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/analysis/patient_methods.hpp>

namespace analysis = rsasim::analysis;
using analysis::Finding;
using analysis::Status;
using rsasim::design::Measure;

namespace {

constexpr std::array estimates{0.81, 0.74, 0.95, 0.66, 0.88};
constexpr std::array variances{0.131, 0.128, 0.135, 0.13, 0.127};

Finding pooled(Measure measure, double complete, double confidence) {
    return analysis::pool({estimates, variances, complete}, measure, confidence);
}

}  // namespace

TEST_CASE("Estimates that are not finite, or fewer than two, leave nothing to pool", "[exact]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::array with_infinite{0.5, infinity};
    const std::array two{0.1, 0.1};
    const std::array one{0.5};
    CHECK(analysis::pool({with_infinite, two}, Measure::odds_ratio, 0.95).status ==
          Status::undefined);
    CHECK(analysis::pool({two, with_infinite}, Measure::odds_ratio, 0.95).status ==
          Status::undefined);
    CHECK(analysis::pool({one, one}, Measure::odds_ratio, 0.95).status == Status::undefined);
    CHECK(analysis::pool({{}, {}}, Measure::odds_ratio, 0.95).status == Status::undefined);
}

TEST_CASE("Equal estimates without variance are degenerate", "[exact]") {
    const std::array same{0.5, 0.5, 0.5}, none{0.0, 0.0, 0.0};
    const Finding finding = analysis::pool({same, none}, Measure::risk_difference, 0.95);
    CHECK(finding.status == Status::degenerate);
    CHECK(finding.estimate == 0.5);
    CHECK(std::isnan(finding.p_value.two_sided));
}

TEST_CASE("Pooling follows Barnard and Rubin as computed in R", "[reference]") {
    // R 4.2: mean, var, qt and pt by the formulas.
    const Finding finding = pooled(Measure::risk_difference, 147, 0.95);
    CHECK(finding.status == Status::ok);
    CHECK(finding.estimate == Approx(0.808).epsilon(1e-13));
    CHECK(finding.standard_error == Approx(0.38179051847839279).epsilon(1e-12));
    CHECK(finding.interval.lower == Approx(0.05001027788327117).epsilon(1e-10));
    CHECK(finding.interval.upper == Approx(1.5659897221167289).epsilon(1e-11));
    CHECK(finding.p_value.two_sided == Approx(0.036940435960916847).epsilon(1e-10));
    CHECK(finding.p_value.greater == Approx(0.036940435960916847 / 2).epsilon(1e-10));
    const Finding large = pooled(Measure::risk_difference, analysis::infinity, 0.95);
    CHECK(large.interval.lower == Approx(0.057114061646233116).epsilon(1e-10));
    CHECK(large.p_value.two_sided == Approx(0.035019339940676568).epsilon(1e-10));
    const Finding small = pooled(Measure::risk_difference, 20, 0.9);
    CHECK(small.interval.upper == Approx(1.4756482590900837).epsilon(1e-11));
    CHECK(small.p_value.two_sided == Approx(0.050781378882538551).epsilon(1e-10));
}

TEST_CASE("Ratios are pooled on the log scale and shown on their own", "[exact]") {
    const Finding on_log = pooled(Measure::risk_difference, 147, 0.95);
    for (const Measure ratio :
         {Measure::odds_ratio, Measure::risk_ratio, Measure::conditional_odds_ratio}) {
        const Finding finding = pooled(ratio, 147, 0.95);
        CHECK(finding.estimate == Approx(std::exp(on_log.estimate)));
        CHECK(finding.interval.lower == Approx(std::exp(on_log.interval.lower)));
        CHECK(finding.standard_error == on_log.standard_error);
        CHECK(finding.p_value.two_sided == on_log.p_value.two_sided);
    }
}

TEST_CASE("Data sets that agree are pooled into one of them", "[exact]") {
    const std::array same{0.4, 0.4, 0.4}, alike{0.04, 0.04, 0.04};
    const Finding finding = analysis::pool({same, alike}, Measure::odds_ratio, 0.95);
    CHECK(finding.estimate == Approx(std::exp(0.4)));
    CHECK(finding.standard_error == Approx(0.2));
    CHECK(finding.interval.upper == Approx(std::exp(0.4 + 1.9599639845400536 * 0.2)));
}
