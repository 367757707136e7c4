// Included once for each instruction set, after <hwy/foreach_target.h>.
#if defined(RSASIM_ANALYSIS_FIRTH_WOMEN_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_ANALYSIS_FIRTH_WOMEN_INL_HPP
#undef RSASIM_ANALYSIS_FIRTH_WOMEN_INL_HPP
#else
#define RSASIM_ANALYSIS_FIRTH_WOMEN_INL_HPP
#endif

#include "patient/logistic_women-inl.hpp"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

/// Logarithms of products of so many probabilities are taken at once.
inline constexpr std::size_t firth_factors = 16;

/// Some lanes of a fit.
struct Women {
    const double* rows;
    double* scratch;
    std::size_t women, columns;
};

/// The penalised likelihood at a point, its score as L^-1 U and the factored information.
template <std::size_t known>
struct Point {
    Derivatives<known> at;
    Numbers score[room<known>];  ///< U itself
    Numbers likelihood;
};

/// Likelihood and information, with the `largest` size of a linear predictor; leaves every woman's
/// residual and weight in the scratch memory.
template <std::size_t known>
HWY_INLINE void weigh(const Women& in, const Numbers* coefficients, Point<known>& out) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(in.columns);
    const Numbers one = hn::Set(d, 1.0), zero = hn::Zero(d);
    Derivatives<known> sums;
    clear(columns, sums);
    Numbers likelihood = zero, factors = one;
    const double* row = in.rows;
    for (std::size_t woman = 0; woman < in.women; ++woman) {
        Numbers x[room<known>];
        load_columns<known>(d, row, columns, x);
        const Numbers outcome = hn::Load(d, row);
        const Numbers along = product<known>(x, coefficients, columns);
        sums.largest = hn::Max(sums.largest, hn::Abs(along));
        const auto p = chance_of(d, held(d, along));
        const Numbers residual = hn::Mul(x[0], hn::Sub(outcome, p.event));
        const Numbers weight = hn::Mul(x[0], hn::Mul(p.event, p.other));
        hn::Store(residual, d, in.scratch + woman * 2 * design::lanes);
        hn::Store(weight, d, in.scratch + (woman * 2 + 1) * design::lanes);
        add_information(x, weight, columns, sums);
        const Numbers seen = hn::IfThenElse(hn::Gt(outcome, zero), p.event, p.other);
        factors = hn::Mul(factors, hn::IfThenElse(hn::Gt(x[0], zero), seen, one));
        if ((woman + 1) % firth_factors == 0) {
            likelihood = hn::Add(likelihood, math::HWY_NAMESPACE::log(d, factors));
            factors = one;
        }
        row += (columns + 1) * design::lanes;
    }
    out.likelihood = hn::Add(likelihood, math::HWY_NAMESPACE::log(d, factors));
    out.at = sums;
}

/// x'H^-1 x.
template <std::size_t known>
HWY_INLINE Numbers leverage(const Factored<known>& f, std::size_t columns, const Numbers* x) {
    Numbers z[room<known>];
    Numbers sum = hn::Zero(Lanes());
    const auto term = [&](std::size_t j) HWY_ATTR {
        sum = hn::Add(sum, hn::Mul(hn::Mul(z[j], z[j]), f.inverse_pivot[j]));
    };
    if constexpr (known > 0) {
        unrolled<known>([&](auto j) HWY_ATTR {
            z[j] = x[j];
            if constexpr (decltype(j)::value > 0) {
                unrolled<decltype(j)::value>([&](auto k) HWY_ATTR {
                    z[j] = hn::Sub(z[j], hn::Mul(f.matrix[packed(j, k)], z[k]));
                });
            }
            term(j);
        });
    } else {
        for (std::size_t j = 0; j < columns; ++j) {
            z[j] = x[j];
            for (std::size_t k = 0; k < j; ++k)
                z[j] = hn::Sub(z[j], hn::Mul(f.matrix[packed(j, k)], z[k]));
            term(j);
        }
    }
    return sum;
}

/// Penalised likelihood, score and information at some coefficients: the score is
/// sum of x (y - p + h (1/2 - p)), h = w x'H^-1 x (Firth 1993; Heinze & Schemper 2002).
template <std::size_t known>
HWY_INLINE void evaluate(const Women& in, const Numbers* coefficients, Point<known>& out) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(in.columns);
    const Numbers half = hn::Set(d, 0.5), one = hn::Set(d, 1.0);
    Point<known> point;
    weigh<known>(in, coefficients, point);
    factor(point.at.information, columns, columns, one);
    for (std::size_t j = 0; j < columns; ++j) {
        const Numbers pivot = point.at.information.matrix[packed(j, j)];
        point.likelihood =
            hn::Add(point.likelihood, hn::Mul(half, math::HWY_NAMESPACE::log(d, pivot)));
    }
    const Factored<known> information = point.at.information;
    Derivatives<known> sums = point.at;
    for (std::size_t j = 0; j < columns; ++j)
        sums.score[j] = hn::Zero(d);
    const double* row = in.rows;
    for (std::size_t woman = 0; woman < in.women; ++woman) {
        Numbers x[room<known>];
        load_columns<known>(d, row, columns, x);
        const Numbers residual = hn::Load(d, in.scratch + woman * 2 * design::lanes);
        const Numbers weight = hn::Load(d, in.scratch + (woman * 2 + 1) * design::lanes);
        const Numbers h = hn::Mul(weight, leverage<known>(information, columns, x));
        const Numbers less = hn::Add(hn::Sub(half, hn::Load(d, row)), residual);  // 1/2 - p
        add_score(x, hn::Add(residual, hn::Mul(h, less)), columns, sums);
        row += (columns + 1) * design::lanes;
    }
    for (std::size_t j = 0; j < columns; ++j)
        out.score[j] = sums.score[j];
    solve_lower(information, columns, sums.score);
    out.at = sums;
    out.likelihood = point.likelihood;
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
