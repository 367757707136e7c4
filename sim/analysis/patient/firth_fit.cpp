#include "patient/firth_fit.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/firth_fit.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include "patient/firth_women-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

// The steps leave out how the penalty bends, so that they shrink by a factor, about p / n: what is
// left after a step this short is of the order of 1e-8 standard errors. Lanes in which they shrink
// so slowly that more could be left are not ended here.
constexpr double shortest_step = 1e-15;  // squared, in standard errors
constexpr int most_steps = 40;
constexpr double shortest_share = 0.2, longest_share = 2;
constexpr double least_share = 1.0 / 64;
constexpr double lost_likelihood = 1e-11;  // relative: rounding of the sums
constexpr double longest_step = 9;         // squared, in standard errors, along the profile

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

/// Lanes in which a linear predictor was held within bounds stay active.
template <std::size_t known>
HWY_INLINE void store(const Point<known>& point, const Numbers* coefficients, Numbers active,
                      std::size_t columns, std::size_t lane, FirthFit& fit) {
    const Lanes d;
    const auto was_held = hn::Ge(point.at.largest, hn::Set(d, largest_predictor));
    active = hn::IfThenElse(was_held, hn::Set(d, 1.0), active);
    Numbers c[room<known>];
    last_of_inverse(point.at.information, columns, c);
    for (std::size_t j = 0; j < columns; ++j) {
        hn::Store(coefficients[j], d, fit.coefficients[j].value + lane);
        hn::Store(c[j], d, fit.covariance[j].value + lane);
    }
    hn::Store(point.likelihood, d, fit.likelihood.value + lane);
    hn::Store(active, d, fit.active.value + lane);
}

/// How much of a step H^-1 U is made. The information leaves out how the penalty bends: along the
/// last step s the score changed as if the curvature were s'(U_before - U) / s'H s times that of
/// the information, and the next step is divided by it (Barzilai & Borwein 1988,
/// doi:10.1093/imanum/8.1.141).
template <std::size_t known>
struct Pace {
    Numbers step[room<known>];  ///< whole
    Numbers length;             ///< step' H step
    Numbers share;              ///< of it that was made

    HWY_INLINE Numbers next(const Numbers* score, std::size_t columns) const {
        const Lanes d;
        Numbers left = hn::Zero(d);
        for (std::size_t j = 0; j < columns; ++j)
            left = hn::Add(left, hn::Mul(step[j], score[j]));
        const Numbers least = hn::Mul(hn::Set(d, 0.25), length);
        const Numbers ratio = hn::Div(length, hn::Max(hn::Sub(length, left), least));
        const Numbers wanted = hn::Mul(share, ratio);
        return hn::Min(hn::Max(wanted, hn::Set(d, shortest_share)), hn::Set(d, longest_share));
    }
};

/// Steps towards the maximum, halved while the penalised likelihood falls.
template <std::size_t known>
void maximise(const LogisticRows& rows, std::size_t moving, FirthScratch& scratch, std::size_t lane,
              FirthFit& fit) {
    const Lanes d;
    const Women in = women_of(rows, scratch, lane);
    const std::size_t columns = columns_of<known>(rows.columns);
    const Numbers one = hn::Set(d, 1.0), zero = hn::Zero(d);
    Numbers coefficients[room<known>], from[room<known>], direction[room<known>];
    for (std::size_t j = 0; j < columns; ++j)
        from[j] = coefficients[j] = hn::Load(d, fit.coefficients[j].value + lane);
    Numbers active = hn::Load(d, fit.active.value + lane), best = hn::Set(d, -1e300);
    Point<known> point;
    Pace<known> pace{};
    for (int steps = 0;; ++steps) {
        evaluate<known>(in, coefficients, point);
        for (std::size_t j = 0; j < moving; ++j)
            direction[j] = point.at.score[j];
        const Numbers length = scaled_square(point.at.information, moving, direction);
        solve_upper(point.at.information, moving, direction);
        const Numbers share = steps == 0 ? one : pace.next(point.score, moving);
        const Numbers floor = hn::Sub(best, hn::Mul(hn::Set(d, lost_likelihood), hn::Abs(best)));
        const auto may_halve = hn::Gt(steps == 0 ? zero : pace.share, hn::Set(d, least_share));
        const auto fell = hn::And(hn::Lt(point.likelihood, floor), may_halve);
        const auto is_short = hn::Lt(length, hn::Set(d, shortest_step));
        active = hn::IfThenElse(hn::AndNot(fell, is_short), zero, active);
        if (steps == most_steps || hn::AllTrue(d, hn::Eq(active, zero))) break;
        if (steps == 0) pace.share = one;
        pace.share = hn::IfThenElse(fell, hn::Mul(pace.share, hn::Set(d, 0.5)), share);
        if (steps == 0) pace.length = length;
        pace.length = hn::IfThenElse(fell, pace.length, length);
        best = hn::IfThenElse(fell, best, point.likelihood);
        const auto moves = hn::Gt(active, zero);
        for (std::size_t j = 0; j < moving; ++j) {
            from[j] = hn::IfThenElse(fell, from[j], coefficients[j]);
            pace.step[j] =
                steps == 0 ? direction[j] : hn::IfThenElse(fell, pace.step[j], direction[j]);
            const Numbers next = hn::Add(from[j], hn::Mul(pace.share, pace.step[j]));
            coefficients[j] = hn::IfThenElse(moves, next, coefficients[j]);
        }
    }
    store<known>(point, coefficients, active, columns, lane, fit);
}

/// The pull on the last coefficient's score with which the quadratic model of the likelihood meets
/// the target: added to the score, it gives the step.
template <std::size_t known>
HWY_INLINE Numbers pull_on(const Point<known>& point, Numbers gain, Numbers target,
                           Numbers variance) {
    const Lanes d;
    const Numbers above = hn::Mul(hn::Set(d, 2.0), hn::Sub(point.likelihood, target));
    return hn::Sqrt(hn::Div(hn::Max(hn::Add(above, gain), hn::Zero(d)), variance));
}

/// Steps that solve the quadratic model for the fall of the likelihood and the others' scores.
template <std::size_t known>
void follow(const LogisticRows& rows, double towards, double drop, FirthScratch& scratch,
            std::size_t lane, FirthFit& fit) {
    const Lanes d;
    const Women in = women_of(rows, scratch, lane);
    const std::size_t columns = columns_of<known>(rows.columns), last = columns - 1;
    const Numbers zero = hn::Zero(d), one = hn::Set(d, 1.0), sign = hn::Set(d, towards);
    const Numbers target = hn::Sub(hn::Load(d, fit.likelihood.value + lane), hn::Set(d, drop));
    const Numbers spread = hn::Load(d, fit.covariance[last].value + lane);
    const Numbers first = hn::Mul(sign, hn::Sqrt(hn::Div(hn::Set(d, 2 * drop), spread)));
    Numbers coefficients[room<known>], c[room<known>];
    for (std::size_t j = 0; j < columns; ++j) {
        coefficients[j] = hn::Add(hn::Load(d, fit.coefficients[j].value + lane),
                                  hn::Mul(first, hn::Load(d, fit.covariance[j].value + lane)));
    }
    Numbers active = hn::Load(d, fit.active.value + lane);
    Point<known> point;
    Pace<known> pace{};
    for (int steps = 0;; ++steps) {
        evaluate<known>(in, coefficients, point);
        last_of_inverse(point.at.information, columns, c);
        const Numbers gain = scaled_square(point.at.information, columns, point.at.score);
        const Numbers pull = hn::Mul(sign, pull_on(point, gain, target, c[last]));
        point.score[last] = hn::Add(point.score[last], pull);
        point.at.score[last] = hn::Add(point.at.score[last], pull);
        const Numbers length = scaled_square(point.at.information, columns, point.at.score);
        solve_upper(point.at.information, columns, point.at.score);
        const Numbers paced = steps == 0 ? one : pace.next(point.score, columns);
        const Numbers far = hn::Max(length, hn::Set(d, longest_step));
        const Numbers most = hn::Sqrt(hn::Div(hn::Set(d, longest_step), far));
        active = hn::IfThenElse(hn::Lt(length, hn::Set(d, shortest_step)), zero, active);
        if (steps == most_steps || hn::AllTrue(d, hn::Eq(active, zero))) break;
        pace.share = hn::Min(paced, most);
        pace.length = length;
        const auto moves = hn::Gt(active, zero);
        for (std::size_t j = 0; j < columns; ++j) {
            pace.step[j] = point.at.score[j];
            const Numbers move = hn::Mul(pace.share, pace.step[j]);
            coefficients[j] = hn::Add(coefficients[j], hn::IfThenElseZero(moves, move));
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
