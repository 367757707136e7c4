// Included once for each instruction set, after <hwy/foreach_target.h>.
#if defined(RSASIM_ANALYSIS_LOGISTIC_SINGLES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_ANALYSIS_LOGISTIC_SINGLES_INL_HPP
#undef RSASIM_ANALYSIS_LOGISTIC_SINGLES_INL_HPP
#else
#define RSASIM_ANALYSIS_LOGISTIC_SINGLES_INL_HPP
#endif

#include "patient/lane_matrix-inl.hpp"
#include "patient/logistic_fit.hpp"
#include "patient/logistic_women-inl.hpp"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

// What single precision is enough for: Newton's first steps, and by how much the information
// changes over the last.

using SingleLanes = hn::CappedTag<float, design::lanes>;
using Singles = hn::Vec<SingleLanes>;

// Beyond, what holds linear predictors may have counted in the last steps.
constexpr float farthest_predictor = static_cast<float>(largest_predictor) - 1;
// Squared, the relative error that the last step leaves in odds and weights.
constexpr float longest_last_step = 1e-4F;

HWY_INLINE Singles for_each_woman(SingleLanes /*d*/, Singles v) {
    return v;
}
#if HWY_CAP_GE512
using TwoWomen = hn::CappedTag<float, 2 * design::lanes>;

/// The same numbers for both women.
HWY_INLINE hn::Vec<TwoWomen> for_each_woman(TwoWomen d, Singles v) {
    return hn::Combine(d, v, v);
}
#endif

/// Sums over all women, two of them in one vector where it has room: add(d, rows, sums) adds up
/// those of even places or of odd ones or both. They are added up apart at every width, so that the
/// bits agree.
template <std::size_t known, class Add>
HWY_INLINE void sum_singles(const LogisticRows& rows, std::size_t lane, const Add& add,
                            Derivatives<known, SingleLanes>& out) {
    const SingleLanes d;
    const std::size_t columns = columns_of<known>(rows.columns);
    const float* from = rows.singles.data() + lane;
#if HWY_CAP_GE512
    Derivatives<known, TwoWomen> both;
    add(TwoWomen(), from, both);
    const auto fold = [&](hn::Vec<TwoWomen> sum) HWY_ATTR {
        return hn::Add(hn::LowerHalf(d, sum), hn::UpperHalf(d, sum));
    };
    for (std::size_t j = 0; j < columns; ++j)
        out.score[j] = fold(both.score[j]);
    for (std::size_t j = 0; j < packed(columns, 0); ++j)
        out.information.matrix[j] = fold(both.information.matrix[j]);
    out.largest = hn::Max(hn::LowerHalf(d, both.largest), hn::UpperHalf(d, both.largest));
#else
    Derivatives<known, SingleLanes> odd;
    add(d, from, out);
    add(d, from + design::lanes, odd);
    for (std::size_t j = 0; j < columns; ++j)
        out.score[j] = hn::Add(out.score[j], odd.score[j]);
    for (std::size_t j = 0; j < packed(columns, 0); ++j)
        out.information.matrix[j] = hn::Add(out.information.matrix[j], odd.information.matrix[j]);
    out.largest = hn::Max(out.largest, odd.largest);
#endif
}

/// Score and information at some coefficients.
template <std::size_t known>
HWY_INLINE void differentiate_singles(const LogisticRows& rows, std::size_t lane,
                                      const Singles* coefficients,
                                      Derivatives<known, SingleLanes>& out) {
    const std::size_t columns = columns_of<known>(rows.columns), pairs = (rows.women + 1) / 2;
    const auto add = [&](auto d, const float* from, auto& sums) HWY_ATTR {
        hn::Vec<decltype(d)> at[room<known>];
        for (std::size_t j = 0; j < columns; ++j)
            at[j] = for_each_woman(d, coefficients[j]);
        differentiate<known>(d, from, pairs, columns, at, sums);
    };
    sum_singles<known>(rows, lane, add, out);
}

/// What a step adds to the information, to first order: the sum of x x' p (1 - p)(1 - 2 p) x' step.
/// `largest` is 1 or more where that is not enough for some woman: her linear predictor lies beyond
/// farthest_predictor, or moves by more than longest_last_step.
template <std::size_t known>
HWY_INLINE void information_gained(const LogisticRows& rows, std::size_t lane,
                                   const Singles* coefficients, const Singles* step,
                                   Derivatives<known, SingleLanes>& out) {
    const std::size_t columns = columns_of<known>(rows.columns), pairs = (rows.women + 1) / 2;
    const auto add = [&](auto d, const float* row, auto& sums) HWY_ATTR {
        using V = hn::Vec<decltype(d)>;
        V at[room<known>], move[room<known>];
        for (std::size_t j = 0; j < columns; ++j) {
            at[j] = for_each_woman(d, coefficients[j]);
            move[j] = for_each_woman(d, step[j]);
        }
        clear(columns, sums);
        for (std::size_t pair = 0; pair < pairs; ++pair) {
            V x[room<known>];
            load_columns<known>(d, row, columns, x);
            const V from = product<known>(x, at, columns);
            const V moved = product<known>(x, move, columns);
            const V far = hn::Max(hn::Mul(hn::Abs(from), hn::Set(d, 1 / farthest_predictor)),
                                  hn::Mul(hn::Abs(moved), hn::Set(d, 1 / longest_last_step)));
            sums.largest = hn::Max(sums.largest, far);
            const auto p = chance_of(d, held(d, from));
            const V weight = hn::Mul(x[0], hn::Mul(p.event, p.other));
            const V slope = hn::Mul(weight, hn::Sub(p.other, p.event));
            add_information(x, hn::Mul(slope, moved), columns, sums);
            row += (columns + 1) * place_width<decltype(d)>;
        }
    };
    sum_singles<known>(rows, lane, add, out);
}

HWY_INLINE Singles as_singles(const PerLane& from, std::size_t lane) {
    const SingleLanes d;
    HWY_ALIGN float values[design::lanes];
    for (std::size_t i = 0; i < hn::Lanes(d); ++i)
        values[i] = static_cast<float>(from[lane + i]);
    return hn::Load(d, values);
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
