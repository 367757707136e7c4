#include "columns.hpp"

#include <algorithm>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/columns.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::replicate::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Lanes = hn::CappedTag<double, design::lanes>;
using Numbers = hn::Vec<Lanes>;
using Mask = hn::Mask<Lanes>;

/// Calls body(i) for the first number of each vector of a column.
template <class Body>
HWY_INLINE void each(std::size_t size, const Body& body) {
    const std::size_t width = hn::Lanes(Lanes());
    for (std::size_t i = 0; i < size; i += width)
        body(i);
}

HWY_INLINE Numbers one_where(Mask mask) {
    return hn::IfThenElseZero(mask, hn::Set(Lanes(), 1.0));
}

template <class Make>
HWY_INLINE void set_each(std::span<double> out, const Make& make) {
    each(out.size(), [&](std::size_t i) HWY_ATTR { hn::StoreU(make(i), Lanes(), &out[i]); });
}

HWY_INLINE Mask holds(design::Comparison comparison, Numbers x, Numbers threshold) {
    switch (comparison) {
        case design::Comparison::above:
            return hn::Gt(x, threshold);
        case design::Comparison::at_least:
            return hn::Ge(x, threshold);
        case design::Comparison::below:
            return hn::Lt(x, threshold);
        case design::Comparison::at_most:
            return hn::Le(x, threshold);
        default:
            return hn::Eq(x, threshold);
    }
}

void set_all(double value, std::span<double> out) {
    const auto numbers = hn::Set(Lanes(), value);
    set_each(out, [&](std::size_t) HWY_ATTR { return numbers; });
}

void set_line(double offset, double slope, const double* x, std::span<double> out) {
    const auto a = hn::Set(Lanes(), offset), b = hn::Set(Lanes(), slope);
    set_each(out, [&](std::size_t i)
                      HWY_ATTR { return hn::Add(a, hn::Mul(b, hn::LoadU(Lanes(), x + i))); });
}

void add_product(double slope, const double* x, std::span<double> sum) {
    const auto b = hn::Set(Lanes(), slope);
    set_each(sum, [&](std::size_t i) HWY_ATTR {
        return hn::Add(hn::LoadU(Lanes(), &sum[i]), hn::Mul(b, hn::LoadU(Lanes(), x + i)));
    });
}

void add_where(const design::Feature& feature, double amount, const double* x,
               std::span<double> sum) {
    const auto added = hn::Set(Lanes(), amount), threshold = hn::Set(Lanes(), feature.threshold);
    const design::Comparison comparison = feature.comparison;
    set_each(sum, [&](std::size_t i) HWY_ATTR {
        const auto mask = holds(comparison, hn::LoadU(Lanes(), x + i), threshold);
        return hn::Add(hn::LoadU(Lanes(), &sum[i]), hn::IfThenElseZero(mask, added));
    });
}

void set_feature(const design::Feature& feature, const double* x, std::span<double> out) {
    const auto centre = hn::Set(Lanes(), feature.centre), unit = hn::Set(Lanes(), feature.unit);
    const auto threshold = hn::Set(Lanes(), feature.threshold);
    const design::Comparison comparison = feature.comparison;
    set_each(out, [&](std::size_t i) HWY_ATTR {
        const auto value = hn::LoadU(Lanes(), x + i);
        return comparison == design::Comparison::none
                   ? hn::Div(hn::Sub(value, centre), unit)
                   : one_where(holds(comparison, value, threshold));
    });
}

void set_levels(const design::Factor& factor, const double* x, std::span<double> out) {
    set_each(out, [&](std::size_t i) HWY_ATTR {
        const auto value = hn::LoadU(Lanes(), x + i);
        auto level = hn::Zero(Lanes());
        for (const double cut : factor.cuts)
            level = hn::Add(level, one_where(hn::Ge(value, hn::Set(Lanes(), cut))));
        return level;
    });
}

void set_both(const double* x, std::span<double> both) {
    const auto zero = hn::Zero(Lanes());
    set_each(both, [&](std::size_t i) HWY_ATTR {
        return one_where(hn::And(hn::Gt(hn::LoadU(Lanes(), x + i), zero),
                                 hn::Gt(hn::LoadU(Lanes(), &both[i]), zero)));
    });
}

void choose(const double* choice, double a, double b, std::span<double> out) {
    const auto one = hn::Set(Lanes(), 1.0), first = hn::Set(Lanes(), a),
               second = hn::Set(Lanes(), b);
    set_each(out, [&](std::size_t i) HWY_ATTR {
        return hn::IfThenElse(hn::Eq(hn::LoadU(Lanes(), choice + i), one), first, second);
    });
}

void choose_from(const double* choice, const double* x, std::span<double> out) {
    const auto one = hn::Set(Lanes(), 1.0);
    set_each(out, [&](std::size_t i) HWY_ATTR {
        return hn::IfThenElse(hn::Eq(hn::LoadU(Lanes(), choice + i), one),
                              hn::LoadU(Lanes(), x + i), hn::LoadU(Lanes(), &out[i]));
    });
}

void set_agreement(const double* x, const double* y, std::span<double> out) {
    set_each(out, [&](std::size_t i) HWY_ATTR {
        return one_where(hn::Eq(hn::LoadU(Lanes(), x + i), hn::LoadU(Lanes(), y + i)));
    });
}

}  // namespace rsasim::replicate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::replicate {

HWY_EXPORT(set_all);
HWY_EXPORT(set_line);
HWY_EXPORT(add_product);
HWY_EXPORT(add_where);
HWY_EXPORT(set_feature);
HWY_EXPORT(set_levels);
HWY_EXPORT(set_both);
HWY_EXPORT(choose);
HWY_EXPORT(choose_from);
HWY_EXPORT(set_agreement);

void set_all(double value, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(set_all)(value, out);
}

void set_line(double offset, double slope, const double* x, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(set_line)(offset, slope, x, out);
}

void add_product(double slope, const double* x, std::span<double> sum) {
    HWY_DYNAMIC_DISPATCH(add_product)(slope, x, sum);
}

void add_where(const design::Feature& comparison, double amount, const double* x,
               std::span<double> sum) {
    HWY_DYNAMIC_DISPATCH(add_where)(comparison, amount, x, sum);
}

void set_feature(const design::Feature& feature, const double* x, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(set_feature)(feature, x, out);
}

void set_levels(const design::Factor& factor, const double* x, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(set_levels)(factor, x, out);
}

void set_both(const double* x, std::span<double> both) {
    HWY_DYNAMIC_DISPATCH(set_both)(x, both);
}

void choose(const double* choice, double a, double b, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(choose)(choice, a, b, out);
}

void choose_from(const double* choice, const double* x, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(choose_from)(choice, x, out);
}

void set_agreement(const double* x, const double* y, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(set_agreement)(x, y, out);
}

}  // namespace rsasim::replicate
#endif
