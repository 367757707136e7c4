#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/design/effect.hpp>
#include <rsasim/design/near_truth.hpp>

using namespace rsasim::design;

TEST_CASE("Effects of degenerate rates are 0, infinite or NaN, as the ratio says", "[exact]") {
    CHECK(effect_of(Measure::odds_ratio, {0, 0.5}) == 0);
    CHECK(std::isinf(effect_of(Measure::odds_ratio, {1, 0.5})));
    CHECK(std::isinf(effect_of(Measure::odds_ratio, {0.5, 0})));
    CHECK(effect_of(Measure::odds_ratio, {0.5, 1}) == 0);
    CHECK(std::isnan(effect_of(Measure::odds_ratio, {0, 0})));
    CHECK(std::isnan(effect_of(Measure::odds_ratio, {1, 1})));
    CHECK(std::isinf(effect_of(Measure::risk_ratio, {0.5, 0})));
    CHECK(std::isnan(effect_of(Measure::risk_ratio, {0, 0})));
    CHECK(effect_of(Measure::risk_difference, {1, 0}) == 1);
    CHECK(effect_of(Measure::risk_difference, {0, 1}) == -1);
}

TEST_CASE("Effects of the rates 3/4 and 1/2 are exact", "[exact]") {
    CHECK(effect_of(Measure::odds_ratio, {0.75, 0.5}) == 3);
    CHECK(effect_of(Measure::risk_ratio, {0.75, 0.5}) == 1.5);
    CHECK(effect_of(Measure::risk_difference, {0.75, 0.5}) == 0.25);
}

TEST_CASE("A treated rate gives back the effect it was made from", "[property]") {
    for (int i = 1; i < 20; ++i) {
        const double control = i / 20.0;
        for (const Measure measure : all_measures) {
            for (const double shift : {-0.02, 0.01, 0.03}) {
                const double effect = effect_of(measure, {control + shift, control});
                CHECK(treated_rate_for(measure, effect, control) ==
                      Approx(control + shift).epsilon(1e-13));
            }
        }
    }
}

TEST_CASE("No effect leaves the rate as it is, to the last bit", "[exact]") {
    for (const Measure measure : all_measures) {
        for (const double rate : {0.1, 0.3, 0.6351, 0.7, 1 / 3.0}) {
            CHECK(treated_rate_for(measure, no_effect(measure), rate) == rate);
        }
    }
}

TEST_CASE("Rates that rounding alone tells apart are equal, others are not however small",
          "[exact]") {
    for (const double rate : {1e-9, 0.1, 0.3, 0.6351, 0.9}) {
        CHECK(are_equal({rate, rate}));
        CHECK(are_equal({std::nextafter(rate, 1.0), rate}));
        CHECK(are_equal({rate, std::nextafter(rate, 1.0)}));
        // An odds ratio of 1 + 1e-7.
        CHECK_FALSE(are_equal({treated_rate_for(Measure::odds_ratio, 1 + 1e-7, rate), rate}));
    }
    CHECK(are_equal({0, 0}));
    CHECK(are_equal({1, 1}));
    CHECK_FALSE(are_equal({1e-9, 2e-9}));
    CHECK_FALSE(are_equal({1e-12, 0}));
}

TEST_CASE("Every measure has its own name", "[exact]") {
    CHECK(name_of(Measure::odds_ratio) == "odds_ratio");
    CHECK(name_of(Measure::risk_difference) == "risk_difference");
    CHECK(name_of(Measure::risk_ratio) == "risk_ratio");
}
