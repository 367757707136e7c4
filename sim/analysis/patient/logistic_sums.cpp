#include "patient/logistic_sums.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/logistic_sums.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include "patient/logistic_women-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

/// The women of some lanes, one after the other.
struct Reader {
    Reader(const LogisticRows& rows, const LogisticFit& fit, std::size_t lane)
        : row(rows.values.data() + lane), columns(rows.columns), stride(rows.stride()) {
        for (std::size_t j = 0; j < columns; ++j)
            coefficients[j] = hn::Load(Lanes(), fit.coefficients[j].value + lane);
    }
    HWY_INLINE void next() {
        load_columns<0>(Lanes(), row, columns, x);
        outcome = hn::Load(Lanes(), row);
        row += stride;
    }
    const double* row;
    std::size_t columns, stride;
    Numbers coefficients[most_columns];
    Numbers x[most_columns];
    Numbers outcome;
};

/// Logarithms of products of so many probabilities, each at least 6.9e-13, are taken at once.
constexpr std::size_t factors = 16;

void log_likelihood(const LogisticRows& rows, const LogisticFit& fit, PerLane& to) {
    const Lanes d;
    const Numbers one = hn::Set(d, 1.0);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Reader reader(rows, fit, lane);
        Numbers sum = hn::Zero(d), product = one;
        for (std::size_t woman = 0; woman < rows.women; ++woman) {
            reader.next();
            const auto p =
                chance_of(d, predictor<0>(d, reader.x, reader.coefficients, reader.columns));
            const Numbers seen =
                hn::IfThenElse(hn::Gt(reader.outcome, hn::Zero(d)), p.event, p.other);
            product = hn::Mul(product, hn::IfThenElse(hn::Gt(reader.x[0], hn::Zero(d)), seen, one));
            if ((woman + 1) % factors == 0 || woman + 1 == rows.women) {
                sum = hn::Add(sum, math::HWY_NAMESPACE::log(d, product));
                product = one;
            }
        }
        hn::Store(sum, d, to.value + lane);
    }
}

void sandwich(const LogisticRows& rows, const LogisticFit& fit, PerLane& to) {
    const Lanes d;
    const std::size_t last = rows.columns - 1;
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Reader reader(rows, fit, lane);
        Numbers c[most_columns];
        c[last] = hn::Load(d, fit.inverse_pivot[last].value + lane);
        for (std::size_t j = last; j-- > 0;) {
            c[j] = hn::Zero(d);
            for (std::size_t k = j + 1; k <= last; ++k) {
                c[j] =
                    hn::Sub(c[j], hn::Mul(hn::Load(d, fit.lower[packed(k, j)].value + lane), c[k]));
            }
        }
        Numbers sum = hn::Zero(d);
        for (std::size_t woman = 0; woman < rows.women; ++woman) {
            reader.next();
            const auto p =
                chance_of(d, predictor<0>(d, reader.x, reader.coefficients, reader.columns));
            Numbers along = hn::Zero(d);
            for (std::size_t j = 0; j <= last; ++j)
                along = hn::Add(along, hn::Mul(c[j], reader.x[j]));
            const Numbers share = hn::Mul(hn::Sub(reader.outcome, p.event), along);
            sum = hn::Add(sum, hn::Mul(share, share));
        }
        hn::Store(sum, d, to.value + lane);
    }
}

HWY_INLINE void add(PerLane& to, std::size_t lane, Numbers number) {
    const Lanes d;
    hn::Store(hn::Add(hn::Load(d, to.value + lane), number), d, to.value + lane);
}

void add_slopes(const Reader& reader, std::size_t lane, Numbers by_intercept, bool is_treated,
                PerLane* to) {
    const std::size_t arm = reader.columns - 1;
    for (std::size_t j = 0; j < arm; ++j)
        add(to[j], lane, hn::Mul(reader.x[j], by_intercept));
    if (is_treated) add(to[arm], lane, hn::Mul(reader.x[0], by_intercept));
}

void standardised(const LogisticRows& rows, const LogisticFit& fit, StandardisedSums& sums) {
    const Lanes d;
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Reader reader(rows, fit, lane);
        const std::size_t arm = reader.columns - 1;
        for (std::size_t woman = 0; woman < rows.women; ++woman) {
            reader.next();
            const Numbers t = reader.x[arm], y = reader.outcome, weight = reader.x[0];
            reader.x[arm] = hn::Zero(d);
            const auto in_control =
                chance_of(d, predictor<0>(d, reader.x, reader.coefficients, reader.columns));
            reader.x[arm] = hn::Set(d, 1.0);
            const auto if_treated =
                chance_of(d, predictor<0>(d, reader.x, reader.coefficients, reader.columns));
            const Numbers p1 = hn::Mul(weight, if_treated.event);
            const Numbers p0 = hn::Mul(weight, in_control.event);
            const Numbers t_y = hn::Mul(t, y);
            add(sums.p1, lane, p1);
            add(sums.p0, lane, p0);
            add(sums.p1_p1, lane, hn::Mul(p1, p1));
            add(sums.p0_p0, lane, hn::Mul(p0, p0));
            add(sums.p1_p0, lane, hn::Mul(p1, p0));
            add(sums.t_y, lane, t_y);
            add(sums.t_p1, lane, hn::Mul(t, p1));
            add(sums.t_p0, lane, hn::Mul(t, p0));
            add(sums.t_y_p1, lane, hn::Mul(t_y, p1));
            add(sums.t_y_p0, lane, hn::Mul(t_y, p0));
            add(sums.y_p1, lane, hn::Mul(y, p1));
            add(sums.y_p0, lane, hn::Mul(y, p0));
            add_slopes(reader, lane, hn::Mul(if_treated.event, if_treated.other), true,
                       sums.slope1);
            add_slopes(reader, lane, hn::Mul(in_control.event, in_control.other), false,
                       sums.slope0);
        }
    }
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::analysis {

HWY_EXPORT(log_likelihood);
HWY_EXPORT(sandwich);
HWY_EXPORT(standardised);

void sum_log_likelihood(const LogisticRows& rows, const LogisticFit& fit, PerLane& sum) {
    HWY_DYNAMIC_DISPATCH(log_likelihood)(rows, fit, sum);
}

void sum_sandwich(const LogisticRows& rows, const LogisticFit& fit, PerLane& sum) {
    HWY_DYNAMIC_DISPATCH(sandwich)(rows, fit, sum);
}

void sum_standardised(const LogisticRows& rows, const LogisticFit& fit, StandardisedSums& sums) {
    sums = {};
    HWY_DYNAMIC_DISPATCH(standardised)(rows, fit, sums);
}

}  // namespace rsasim::analysis
#endif
