#include "patient/logistic_fit.hpp"

#include <algorithm>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/logistic_fit.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include "patient/lane_matrix-inl.hpp"
#include "patient/logistic_singles-inl.hpp"
#include "patient/logistic_women-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

constexpr int most_steps = 12;

// Steps in single precision go on until the decrement is below this. The step that follows leads
// below last_decrement.
constexpr float close_enough = 1e-4F;
constexpr int most_single_steps = 5;

/// Newton's first steps, in single precision. Lanes that do not come close keep the rows' start.
template <std::size_t known>
HWY_INLINE void approach(const FitTask& task, std::size_t lane, PerLane* start) {
    const SingleLanes d;
    const LogisticRows& rows = task.rows;
    const std::size_t columns = columns_of<known>(rows.columns);
    const std::size_t feature = rows.has_interaction ? columns - 3 : columns;
    Singles coefficients[room<known>], step[room<known>];
    for (std::size_t j = 0; j < columns; ++j)
        coefficients[j] = as_singles(start[j], lane);
    const Singles keeps = as_singles(rows.keeps_feature, lane), zero = hn::Zero(d);
    Singles active = as_singles(task.active, lane), came_close = zero;
    Derivatives<known, SingleLanes> at;
    for (int steps = 0; steps < most_single_steps; ++steps) {
        differentiate_singles<known>(rows, lane, coefficients, at);
        factor(at.information, columns, feature, keeps);
        solve_lower(at.information, columns, at.score);
        const Singles decrement = scaled_square(at.information, task.fitted, at.score);
        for (std::size_t j = 0; j < task.fitted; ++j)
            step[j] = at.score[j];
        solve_upper(at.information, task.fitted, step);
        for (std::size_t j = 0; j < task.fitted; ++j) {
            const Singles moved = hn::Add(coefficients[j], step[j]);
            coefficients[j] = hn::IfThenElse(hn::Gt(active, zero), moved, coefficients[j]);
        }
        const auto close = hn::Lt(decrement, hn::Set(d, close_enough));
        came_close = hn::IfThenElse(close, hn::Set(d, 1.0F), came_close);
        active = hn::IfThenElse(close, zero, active);
        if (hn::AllTrue(d, hn::Eq(active, zero))) break;
    }
    HWY_ALIGN float values[design::lanes], close[design::lanes];
    hn::Store(came_close, d, close);
    for (std::size_t j = 0; j < task.fitted; ++j) {
        hn::Store(coefficients[j], d, values);
        for (std::size_t i = 0; i < hn::Lanes(d); ++i)
            if (close[i] > 0) start[j][lane + i] = static_cast<double>(values[i]);
    }
}

/// Newton's method from the coefficients of `fit`, which then holds coefficients, score and
/// information before the last step. Lanes that do not end stay active.
template <std::size_t known>
HWY_INLINE void fit_lanes(FitTask& task, std::size_t lane, LogisticFit& fit, PerLane* last_step) {
    const Lanes d;
    const LogisticRows& rows = task.rows;
    const std::size_t columns = columns_of<known>(rows.columns);
    const std::size_t feature = rows.has_interaction ? columns - 3 : columns;
    const Numbers keeps = hn::Load(d, rows.keeps_feature.value + lane), zero = hn::Zero(d);
    Numbers coefficients[room<known>], step[room<known>];
    for (std::size_t j = 0; j < columns; ++j)
        coefficients[j] = hn::Load(d, fit.coefficients[j].value + lane);
    Numbers active = hn::Load(d, task.active.value + lane);
    Derivatives<known> at;
    for (int steps = 0;; ++steps) {
        differentiate<known>(d, rows.values.data() + lane, rows.women, columns, coefficients, at);
        Factored<known> factored;
        for (std::size_t j = 0; j < packed(columns, 0); ++j)
            factored.matrix[j] = at.information.matrix[j];
        factor(factored, columns, feature, keeps);
        for (std::size_t j = 0; j < columns; ++j)
            step[j] = at.score[j];
        solve_lower(factored, columns, step);
        const Numbers decrement = scaled_square(factored, task.fitted, step);
        const auto done = hn::Lt(decrement, hn::Set(d, last_decrement));
        active = hn::IfThenElse(done, zero, active);
        solve_upper(factored, task.fitted, step);
        if (steps == most_steps || hn::AllTrue(d, hn::Eq(active, zero))) break;
        for (std::size_t j = 0; j < task.fitted; ++j) {
            coefficients[j] =
                hn::Add(coefficients[j], hn::IfThenElseZero(hn::Gt(active, zero), step[j]));
        }
    }
    hn::Store(active, d, task.active.value + lane);
    for (std::size_t j = 0; j < columns; ++j) {
        hn::Store(coefficients[j], d, fit.coefficients[j].value + lane);
        hn::Store(j < task.fitted ? step[j] : zero, d, last_step[j].value + lane);
        hn::Store(at.score[j], d, fit.score[j].value + lane);
    }
    for (std::size_t j = 0; j < packed(columns, 0); ++j)
        hn::Store(at.information.matrix[j], d, fit.lower[j].value + lane);
}

/// Carries the information along the last step. Lanes in which that is not enough turn active.
template <std::size_t known>
HWY_INLINE void carry(FitTask& task, std::size_t lane, const PerLane* last_step, LogisticFit& fit) {
    const SingleLanes d;
    const LogisticRows& rows = task.rows;
    const std::size_t columns = columns_of<known>(rows.columns);
    Singles from[room<known>], step[room<known>];
    for (std::size_t j = 0; j < columns; ++j) {
        from[j] = as_singles(fit.coefficients[j], lane);
        step[j] = as_singles(last_step[j], lane);
    }
    Derivatives<known, SingleLanes> gained;
    information_gained<known>(rows, lane, from, step, gained);
    HWY_ALIGN float values[design::lanes];
    hn::Store(gained.largest, d, values);
    for (std::size_t i = 0; i < hn::Lanes(d); ++i)
        if (!(values[i] < 1)) task.active[lane + i] = 1;
    for (std::size_t j = 0; j < packed(columns, 0); ++j) {
        hn::Store(gained.information.matrix[j], d, values);
        for (std::size_t i = 0; i < hn::Lanes(d); ++i)
            fit.lower[j][lane + i] += static_cast<double>(values[i]);
    }
}

/// The last step, and the information after it factored.
template <std::size_t known>
HWY_INLINE void finish(const LogisticRows& rows, std::size_t lane, const PerLane* last_step,
                       LogisticFit& fit) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(rows.columns);
    const std::size_t feature = rows.has_interaction ? columns - 3 : columns;
    Factored<known> f;
    Numbers score[room<known>];
    for (std::size_t j = 0; j < packed(columns, 0); ++j)
        f.matrix[j] = hn::Load(d, fit.lower[j].value + lane);
    factor(f, columns, feature, hn::Load(d, rows.keeps_feature.value + lane));
    for (std::size_t j = 0; j < columns; ++j)
        score[j] = hn::Load(d, fit.score[j].value + lane);
    solve_lower(f, columns, score);
    for (std::size_t j = 0; j < columns; ++j) {
        const Numbers from = hn::Load(d, fit.coefficients[j].value + lane);
        const Numbers step = hn::Load(d, last_step[j].value + lane);
        hn::Store(hn::Add(from, step), d, fit.coefficients[j].value + lane);
        hn::Store(score[j], d, fit.score[j].value + lane);
        hn::Store(f.inverse_pivot[j], d, fit.inverse_pivot[j].value + lane);
    }
    for (std::size_t j = 0; j < packed(columns, 0); ++j)
        hn::Store(f.matrix[j], d, fit.lower[j].value + lane);
}

template <std::size_t known>
void fit_columns(FitTask& task, LogisticFit& fit) {
    const LogisticRows& rows = task.rows;
    PerLane* start = fit.coefficients;
    std::copy_n(task.fitted < rows.columns ? rows.null_start : rows.start, rows.columns, start);
    PerLane step[room<known>];
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(SingleLanes()))
        approach<known>(task, lane, start);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(Lanes()))
        fit_lanes<known>(task, lane, fit, step);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(SingleLanes()))
        carry<known>(task, lane, step, fit);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(Lanes()))
        finish<known>(rows, lane, step, fit);
}

void fit_all(FitTask& task, LogisticFit& fit) {
    switch (task.rows.columns) {
        case 2:
            return fit_columns<2>(task, fit);
        case 3:
            return fit_columns<3>(task, fit);
        case 4:
            return fit_columns<4>(task, fit);
        case 5:
            return fit_columns<5>(task, fit);
        case 6:
            return fit_columns<6>(task, fit);
        case 7:
            return fit_columns<7>(task, fit);
        case 8:
            return fit_columns<8>(task, fit);
        default:
            return fit_columns<0>(task, fit);
    }
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::analysis {

HWY_EXPORT(fit_all);

void fit_logistic(const LogisticRows& rows, Fitted which, std::size_t live, LogisticFit& fit) {
    fit.columns = rows.columns - (which == Fitted::all ? 0 : 1);
    FitTask task{rows, fit.columns, {}};
    for (std::size_t lane = 0; lane < live; ++lane) {
        fit.status[lane] = rows.status[lane];
        task.active[lane] = rows.status[lane] == Status::ok ? 1 : 0;
    }
    HWY_DYNAMIC_DISPATCH(fit_all)(task, fit);
    for (std::size_t lane = 0; lane < live; ++lane) {
        if (task.active[lane] != 0 && rows.status[lane] == Status::ok)
            resolve_lane(rows, lane, fit);
    }
}

}  // namespace rsasim::analysis
#endif
