#include "patient/firth_fit.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/firth_fit.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include "patient/logistic_women-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

// The steps leave out how the penalty bends, so that they shrink by a factor, about p / n: what is
// left after a step this short is of the order of 1e-8 standard errors.
constexpr double shortest_step = 1e-15;  // squared, in standard errors
constexpr int most_steps = 150;
constexpr double least_share = 1.0 / 64;
constexpr double lost_likelihood = 1e-11;  // relative: rounding of the sums
constexpr double longest_step = 9;         // squared, in standard errors, along the profile
constexpr std::size_t factors = 16;        // of a product of probabilities before its logarithm

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
    Numbers likelihood;
};

/// Likelihood and information; leaves every woman's residual and weight in the scratch memory.
template <std::size_t known>
HWY_INLINE void weigh(const Women& in, const Numbers* coefficients, Point<known>& out) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(in.columns);
    const Numbers one = hn::Set(d, 1.0), zero = hn::Zero(d);
    Derivatives<known> sums;
    clear<known>(columns, sums);
    Numbers likelihood = zero, product = one;
    const double* row = in.rows;
    for (std::size_t woman = 0; woman < in.women; ++woman) {
        Numbers x[room<known>];
        load_columns<known>(row, columns, x);
        const Numbers outcome = hn::Load(d, row);
        const Chance p = chance_of(predictor<known>(x, coefficients, columns));
        const Numbers residual = hn::Mul(x[0], hn::Sub(outcome, p.event));
        const Numbers weight = hn::Mul(x[0], hn::Mul(p.event, p.other));
        hn::Store(residual, d, in.scratch + woman * 2 * design::lanes);
        hn::Store(weight, d, in.scratch + (woman * 2 + 1) * design::lanes);
        add_information<known>(x, weight, columns, sums);
        const Numbers seen = hn::IfThenElse(hn::Gt(outcome, zero), p.event, p.other);
        product = hn::Mul(product, hn::IfThenElse(hn::Gt(x[0], zero), seen, one));
        if ((woman + 1) % factors == 0) {
            likelihood = hn::Add(likelihood, math::HWY_NAMESPACE::log(d, product));
            product = one;
        }
        row += (columns + 1) * design::lanes;
    }
    out.likelihood = hn::Add(likelihood, math::HWY_NAMESPACE::log(d, product));
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
        load_columns<known>(row, columns, x);
        const Numbers residual = hn::Load(d, in.scratch + woman * 2 * design::lanes);
        const Numbers weight = hn::Load(d, in.scratch + (woman * 2 + 1) * design::lanes);
        const Numbers h = hn::Mul(weight, leverage<known>(information, columns, x));
        const Numbers less = hn::Add(hn::Sub(half, hn::Load(d, row)), residual);  // 1/2 - p
        add_score<known>(x, hn::Add(residual, hn::Mul(h, less)), columns, sums);
        row += (columns + 1) * design::lanes;
    }
    solve_lower(information, columns, sums.score);
    out.at = sums;
    out.likelihood = point.likelihood;
}

/// The last column of the inverse information.
template <std::size_t known>
HWY_INLINE void last_of_inverse(const Factored<known>& f, std::size_t columns, Numbers* c) {
    for (std::size_t j = 0; j < columns; ++j)
        c[j] = hn::Zero(Lanes());
    c[columns - 1] = hn::Set(Lanes(), 1.0);
    solve_upper(f, columns, c);
}

Women women_of(const LogisticRows& rows, FirthScratch& scratch, std::size_t lane) {
    return {rows.values.data() + lane, scratch.values.data() + lane, rows.women, rows.columns};
}

template <std::size_t known>
HWY_INLINE void store(const Point<known>& point, const Numbers* coefficients, Numbers active,
                      std::size_t columns, std::size_t lane, FirthFit& fit) {
    const Lanes d;
    Numbers c[room<known>];
    last_of_inverse(point.at.information, columns, c);
    for (std::size_t j = 0; j < columns; ++j) {
        hn::Store(coefficients[j], d, fit.coefficients[j].value + lane);
        hn::Store(c[j], d, fit.covariance[j].value + lane);
    }
    hn::Store(point.likelihood, d, fit.likelihood.value + lane);
    hn::Store(active, d, fit.active.value + lane);
}

/// Steps H^-1 U*, halved while the penalised likelihood falls.
template <std::size_t known>
void maximise(const LogisticRows& rows, std::size_t moving, FirthScratch& scratch, std::size_t lane,
              FirthFit& fit) {
    const Lanes d;
    const Women in = women_of(rows, scratch, lane);
    const std::size_t columns = columns_of<known>(rows.columns);
    const Numbers one = hn::Set(d, 1.0), zero = hn::Zero(d);
    Numbers coefficients[room<known>], from[room<known>], step[room<known>];
    for (std::size_t j = 0; j < columns; ++j) {
        from[j] = coefficients[j] = hn::Load(d, fit.coefficients[j].value + lane);
        step[j] = zero;
    }
    Numbers active = hn::Load(d, fit.active.value + lane);
    Numbers best = hn::Set(d, -1e300), share = one;
    Point<known> point;
    for (int steps = 0;; ++steps) {
        evaluate<known>(in, coefficients, point);
        Numbers direction[room<known>];
        for (std::size_t j = 0; j < moving; ++j)
            direction[j] = point.at.score[j];
        const Numbers length = scaled_square(point.at.information, moving, direction);
        solve_upper(point.at.information, moving, direction);
        const Numbers slack = hn::Mul(hn::Set(d, lost_likelihood), hn::Abs(best));
        const auto fell = hn::And(hn::Not(hn::Ge(point.likelihood, hn::Sub(best, slack))),
                                  hn::Gt(share, hn::Set(d, least_share)));
        const auto moves = hn::Gt(active, zero);
        const auto done = hn::AndNot(fell, hn::Lt(length, hn::Set(d, shortest_step)));
        active = hn::IfThenElse(done, zero, active);
        if (steps == most_steps || hn::AllTrue(d, hn::Eq(active, zero))) break;
        share = hn::IfThenElse(fell, hn::Mul(share, hn::Set(d, 0.5)), one);
        best = hn::IfThenElse(fell, best, point.likelihood);
        const auto goes_on = hn::And(moves, hn::Gt(active, zero));
        for (std::size_t j = 0; j < moving; ++j) {
            from[j] = hn::IfThenElse(fell, from[j], coefficients[j]);
            step[j] = hn::IfThenElse(fell, step[j], direction[j]);
            const Numbers next = hn::Add(from[j], hn::Mul(share, step[j]));
            coefficients[j] = hn::IfThenElse(goes_on, next, coefficients[j]);
        }
    }
    store<known>(point, coefficients, active, columns, lane, fit);
}

/// Steps that solve the quadratic model for the fall of the likelihood and the others' scores.
template <std::size_t known>
void follow(const LogisticRows& rows, double towards, double drop, FirthScratch& scratch,
            std::size_t lane, FirthFit& fit) {
    const Lanes d;
    const Women in = women_of(rows, scratch, lane);
    const std::size_t columns = columns_of<known>(rows.columns), last = columns - 1;
    const Numbers zero = hn::Zero(d), one = hn::Set(d, 1.0), two = hn::Set(d, 2.0);
    const Numbers sign = hn::Set(d, towards);
    const Numbers target = hn::Sub(hn::Load(d, fit.likelihood.value + lane), hn::Set(d, drop));
    const Numbers spread = hn::Load(d, fit.covariance[last].value + lane);
    const Numbers first = hn::Mul(sign, hn::Sqrt(hn::Div(hn::Set(d, 2 * drop), spread)));
    Numbers coefficients[room<known>];
    for (std::size_t j = 0; j < columns; ++j)
        coefficients[j] = hn::Add(hn::Load(d, fit.coefficients[j].value + lane),
                                  hn::Mul(first, hn::Load(d, fit.covariance[j].value + lane)));
    Numbers active = hn::Load(d, fit.active.value + lane);
    Point<known> point;
    for (int steps = 0;; ++steps) {
        evaluate<known>(in, coefficients, point);
        Numbers step[room<known>], c[room<known>];
        for (std::size_t j = 0; j < columns; ++j)
            step[j] = point.at.score[j];
        const Numbers gain = scaled_square(point.at.information, columns, step);
        solve_upper(point.at.information, columns, step);
        last_of_inverse(point.at.information, columns, c);
        const Numbers above = hn::Mul(two, hn::Sub(point.likelihood, target));
        const Numbers square = hn::Div(hn::Max(hn::Add(above, gain), zero), c[last]);
        const Numbers pull = hn::Mul(sign, hn::Sqrt(square));
        // (U + pull e)' H^-1 (U + pull e)
        const Numbers length =
            hn::Add(gain, hn::Mul(pull, hn::Add(hn::Mul(two, step[last]), hn::Mul(pull, c[last]))));
        const Numbers share = hn::Min(
            one,
            hn::Sqrt(hn::Div(hn::Set(d, longest_step), hn::Max(length, hn::Set(d, longest_step)))));
        active = hn::IfThenElse(hn::Lt(length, hn::Set(d, shortest_step)), zero, active);
        if (steps == most_steps || hn::AllTrue(d, hn::Eq(active, zero))) break;
        const auto moves = hn::Gt(active, zero);
        for (std::size_t j = 0; j < columns; ++j) {
            const Numbers whole = hn::Add(step[j], hn::Mul(pull, c[j]));
            coefficients[j] =
                hn::Add(coefficients[j], hn::IfThenElseZero(moves, hn::Mul(share, whole)));
        }
    }
    store<known>(point, coefficients, active, columns, lane, fit);
}

template <std::size_t known>
void maximise_lanes(const LogisticRows& rows, std::size_t moving, FirthScratch& scratch,
                    FirthFit& fit) {
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(Lanes()))
        maximise<known>(rows, moving, scratch, lane, fit);
}

template <std::size_t known>
void follow_lanes(const LogisticRows& rows, double towards, double drop, FirthScratch& scratch,
                  FirthFit& fit) {
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(Lanes()))
        follow<known>(rows, towards, drop, scratch, lane, fit);
}

void maximise_all(const LogisticRows& rows, std::size_t moving, FirthScratch& scratch,
                  FirthFit& fit) {
    switch (rows.columns) {
        case 2:
            return maximise_lanes<2>(rows, moving, scratch, fit);
        case 3:
            return maximise_lanes<3>(rows, moving, scratch, fit);
        case 4:
            return maximise_lanes<4>(rows, moving, scratch, fit);
        case 5:
            return maximise_lanes<5>(rows, moving, scratch, fit);
        case 6:
            return maximise_lanes<6>(rows, moving, scratch, fit);
        default:
            return maximise_lanes<0>(rows, moving, scratch, fit);
    }
}

void follow_all(const LogisticRows& rows, double towards, double drop, FirthScratch& scratch,
                FirthFit& fit) {
    switch (rows.columns) {
        case 2:
            return follow_lanes<2>(rows, towards, drop, scratch, fit);
        case 3:
            return follow_lanes<3>(rows, towards, drop, scratch, fit);
        case 4:
            return follow_lanes<4>(rows, towards, drop, scratch, fit);
        case 5:
            return follow_lanes<5>(rows, towards, drop, scratch, fit);
        case 6:
            return follow_lanes<6>(rows, towards, drop, scratch, fit);
        default:
            return follow_lanes<0>(rows, towards, drop, scratch, fit);
    }
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::analysis {

HWY_EXPORT(maximise_all);
HWY_EXPORT(follow_all);

void fit_firth(const LogisticRows& rows, Moving which, FirthScratch& scratch, FirthFit& fit) {
    const std::size_t moving = rows.columns - (which == Moving::all ? 0 : 1);
    HWY_DYNAMIC_DISPATCH(maximise_all)(rows, moving, scratch, fit);
}

void follow_profile(const LogisticRows& rows, double direction, double drop, FirthScratch& scratch,
                    FirthFit& at) {
    HWY_DYNAMIC_DISPATCH(follow_all)(rows, direction, drop, scratch, at);
}

}  // namespace rsasim::analysis
#endif
