#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <rsasim/math/vector_logs.hpp>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "vector_logs.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include <rsasim/math/vector_exp-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::math::HWY_NAMESPACE {

using LogLanes = hn::ScalableTag<double>;

/// Logs of what is positive and normal. False where something is not, and stays as it was.
bool take_normal_logs(std::span<double> x) {
    const LogLanes d;
    const std::size_t width = hn::Lanes(d);
    const auto least = hn::Set(d, std::numeric_limits<double>::min());
    const auto most = hn::Set(d, std::numeric_limits<double>::max());
    HWY_ALIGN double values[HWY_MAX_BYTES / sizeof(double)];
    bool all = true;
    for (std::size_t first = 0; first < x.size(); first += width) {
        const std::size_t here = HWY_MIN(width, x.size() - first);
        for (std::size_t i = 0; i < width; ++i)
            values[i] = i < here ? x[first + i] : 1;
        const auto value = hn::Load(d, values);
        const auto is_normal = hn::And(hn::Ge(value, least), hn::Le(value, most));
        all = all && hn::AllTrue(d, is_normal);
        hn::Store(hn::IfThenElse(is_normal, log(d, value), value), d, values);
        for (std::size_t i = 0; i < here; ++i)
            x[first + i] = values[i];
    }
    return all;
}

}  // namespace rsasim::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::math {

HWY_EXPORT(take_normal_logs);

void take_logs(std::span<double> x) {
    constexpr std::size_t most = 64;
    for (std::size_t first = 0; first < x.size(); first += most) {
        const auto part = x.subspan(first, std::min(most, x.size() - first));
        double given[most];
        std::copy(part.begin(), part.end(), given);
        if (HWY_DYNAMIC_DISPATCH(take_normal_logs)(part)) continue;
        for (std::size_t i = 0; i < part.size(); ++i)
            if (!std::isnormal(given[i]) || given[i] < 0) part[i] = std::log(given[i]);
    }
}

}  // namespace rsasim::math
#endif
