#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/portable_exp.hpp>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "portable_exp_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include <rsasim/math/vector_exp-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::math::HWY_NAMESPACE {

using Eight = hn::CappedTag<double, 8>;

void exp_of_eight(const double* x, double* exponential, double* logarithm) {
    const Eight d;
    for (std::size_t i = 0; i < 8; i += hn::Lanes(d)) {
        const auto e = exp(d, hn::LoadU(d, x + i));
        hn::StoreU(e, d, exponential + i);
        hn::StoreU(log(d, e), d, logarithm + i);
    }
}

}  // namespace rsasim::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace rsasim::math {

HWY_EXPORT(exp_of_eight);

namespace {

/// The distance of a number from a long double, in units in the last place.
double distance(double value, long double truth) {
    const auto unit = static_cast<long double>(
        std::nextafter(value, std::numeric_limits<double>::infinity()) - value);
    return static_cast<double>(std::abs(static_cast<long double>(value) - truth) / unit);
}

/// Places spread evenly over an interval, none of them round.
template <class F>
void for_places(double from, double to, int places, F&& f) {
    for (int i = 0; i < places; ++i)
        f(from + (to - from) * (i + 0.3719) / places);
}

}  // namespace

TEST_CASE("The portable exponential is within 2 units in the last place", "[reference]") {
    double worst = 0;
    const auto look = [&](double x) {
        worst = std::max(worst, distance(portable_exp(x), std::exp(static_cast<long double>(x))));
    };
    for_places(-708, 708, 40'000, look);
    for_places(-1, 1, 40'000, look);
    for_places(-1e-6, 1e-6, 1000, look);
    CHECK(worst < 2);
    CHECK(portable_exp(0) == 1);
    CHECK(portable_exp(1e5) == portable_exp(709));
    CHECK(portable_exp(-1e5) == portable_exp(-709));
}

TEST_CASE("The portable logarithm is within 2 units in the last place", "[reference]") {
    double worst = 0;
    const auto look = [&](double x) {
        worst = std::max(worst, distance(portable_log(x), std::log(static_cast<long double>(x))));
    };
    for_places(0.5, 2, 40'000, look);
    for_places(0.999, 1.001, 20'000, look);
    for_places(-300, 300, 20'000, [&](double power) { look(std::pow(10, power)); });
    CHECK(worst < 2);
    CHECK(portable_log(1) == 0);
    CHECK(portable_log(std::numeric_limits<double>::min()) ==
          std::log(std::numeric_limits<double>::min()));
}

TEST_CASE("Odds keep the smaller probability", "[exact]") {
    const Odds odds = odds_of(40);
    CHECK(odds.denominator / (odds.numerator + odds.denominator) ==
          Approx(std::exp(-40.0) / (1 + std::exp(-40.0))).epsilon(1e-14));
}

TEST_CASE("Vectors have the bits of numbers at every instruction set", "[property]") {
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        INFO(hwy::TargetName(rest & -rest));
        hwy::SetSupportedTargetsForTest(rest & -rest);
        bool same = true;
        for_places(-720, 700, 5000, [&](double x) {
            std::array<double, 8> in{}, exponential{}, logarithm{};
            for (std::size_t i = 0; i < 8; ++i)
                in[i] = x + 0.77 * static_cast<double>(i);
            HWY_DYNAMIC_DISPATCH(exp_of_eight)(in.data(), exponential.data(), logarithm.data());
            for (std::size_t i = 0; i < 8; ++i) {
                same = same && exponential[i] == portable_exp(in[i]) &&
                       logarithm[i] == portable_log(exponential[i]);
            }
        });
        hwy::SetSupportedTargetsForTest(0);
        CHECK(same);
    }
}

}  // namespace rsasim::math

#endif
