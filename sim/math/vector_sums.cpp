#include "halving.hpp"

#include <cstddef>

#include <rsasim/math/weighted_rows.hpp>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "vector_sums.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Products and sums are separate instructions in a fixed order, so that every instruction set gives
// the same bits.
HWY_BEFORE_NAMESPACE();
namespace rsasim::math::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Lanes = hn::ScalableTag<double>;

void cut(double* HWY_RESTRICT c, double* HWY_RESTRICT below, std::size_t size) {
    const Lanes lanes;
    const std::size_t width = hn::Lanes(lanes);
    const auto half = hn::Set(lanes, 0.5);
    for (std::size_t last = size; last-- > 0;) {  // c[last] is final after this round
        below[size - 1 - last] = c[0];
        std::size_t i = 0;
        for (; i + width <= last; i += width) {
            const auto sum = hn::Add(hn::LoadU(lanes, c + i), hn::LoadU(lanes, c + i + 1));
            hn::StoreU(hn::Mul(half, sum), lanes, c + i);
        }
        for (; i < last; ++i) {
            c[i] = 0.5 * (c[i] + c[i + 1]);
        }
    }
}

void sum_rows(std::span<const double> weights, const double* HWY_RESTRICT rows,
              std::span<double> sums) {
    const Lanes lanes;
    const std::size_t width = hn::Lanes(lanes), length = sums.size();
    std::size_t k = 0;
    for (; k + width <= length; k += width) {
        auto sum = hn::Zero(lanes);
        const double* row = rows + k;
        for (const double weight : weights) {
            sum = hn::Add(sum, hn::Mul(hn::Set(lanes, weight), hn::LoadU(lanes, row)));
            row += length;
        }
        hn::StoreU(sum, lanes, sums.data() + k);
    }
    for (; k < length; ++k) {
        double sum = 0;
        const double* row = rows + k;
        for (const double weight : weights) {
            sum += weight * *row;
            row += length;
        }
        sums[k] = sum;
    }
}

}  // namespace rsasim::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::math {

HWY_EXPORT(cut);
HWY_EXPORT(sum_rows);

void cut_in_the_middle(std::span<double> c, std::span<double> below) {
    HWY_DYNAMIC_DISPATCH(cut)(c.data(), below.data(), c.size());
}

void weighted_sum_of_rows(std::span<const double> weights, const double* rows,
                          std::span<double> sums) {
    HWY_DYNAMIC_DISPATCH(sum_rows)(weights, rows, sums);
}

}  // namespace rsasim::math
#endif
