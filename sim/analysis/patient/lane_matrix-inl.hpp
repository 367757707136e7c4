// Included once for each instruction set, after <hwy/foreach_target.h>.
#if defined(RSASIM_ANALYSIS_LANE_MATRIX_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_ANALYSIS_LANE_MATRIX_INL_HPP
#undef RSASIM_ANALYSIS_LANE_MATRIX_INL_HPP
#else
#define RSASIM_ANALYSIS_LANE_MATRIX_INL_HPP
#endif

#include "patient/logistic_rows.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// As many of the 8 lanes as a vector takes.
using Lanes = hn::CappedTag<double, design::lanes>;
using Numbers = hn::Vec<Lanes>;

/// Calls f(0), ..., f(n - 1) with compile-time constants.
template <std::size_t n, class F>
HWY_INLINE void unrolled(F&& f) {
    [&]<std::size_t... i>(std::index_sequence<i...>) HWY_ATTR {
        (f(std::integral_constant<std::size_t, i>{}), ...);
    }
    (std::make_index_sequence<n>{});
}

/// The number of columns where the template knows it, else the given one.
template <std::size_t known>
constexpr std::size_t columns_of(std::size_t given) {
    return known == 0 ? given : known;
}

/// Room for that many columns.
template <std::size_t known>
inline constexpr std::size_t room = known == 0 ? most_columns : known;

/// L D L' of a symmetric matrix, L in place of its part below the diagonal, with 1 / D beside.
template <std::size_t known, class D = Lanes>
struct Factored {
    hn::Vec<D> matrix[packed(room<known>, 0)];
    hn::Vec<D> inverse_pivot[room<known>];
};

/// Factors in place. Column `optional` (none: the number of columns) is left out where `keeps` is
/// 0.
template <std::size_t known, class D>
HWY_INLINE void factor(Factored<known, D>& f, std::size_t columns, std::size_t optional,
                       hn::Vec<D> keeps) {
    const D d;
    using V = hn::Vec<D>;
    for (std::size_t j = 0; j < columns; ++j) {
        for (std::size_t k = 0; k < j; ++k) {  // (j, k) times D_k so far
            V sum = f.matrix[packed(j, k)];
            for (std::size_t m = 0; m < k; ++m)
                sum = hn::Sub(sum, hn::Mul(f.matrix[packed(j, m)], f.matrix[packed(k, m)]));
            f.matrix[packed(j, k)] = sum;
        }
        V pivot = f.matrix[packed(j, j)];
        for (std::size_t k = 0; k < j; ++k) {
            const V scaled = f.matrix[packed(j, k)];
            const V lower = hn::Mul(scaled, f.inverse_pivot[k]);
            pivot = hn::Sub(pivot, hn::Mul(scaled, lower));
            f.matrix[packed(j, k)] = lower;
        }
        f.matrix[packed(j, j)] = pivot;
        const V inverse = hn::Div(hn::Set(d, hn::TFromD<D>{1}), pivot);
        f.inverse_pivot[j] =
            j == optional ? hn::IfThenElseZero(hn::Gt(keeps, hn::Zero(d)), inverse) : inverse;
    }
}

/// L^-1 x in place, of the leading columns.
template <std::size_t known, class D>
HWY_INLINE void solve_lower(const Factored<known, D>& f, std::size_t columns, hn::Vec<D>* x) {
    for (std::size_t j = 1; j < columns; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            x[j] = hn::Sub(x[j], hn::Mul(f.matrix[packed(j, k)], x[k]));
    }
}

/// L'^-1 D^-1 x in place, of the leading columns.
template <std::size_t known, class D>
HWY_INLINE void solve_upper(const Factored<known, D>& f, std::size_t columns, hn::Vec<D>* x) {
    for (std::size_t j = columns; j-- > 0;) {
        x[j] = hn::Mul(x[j], f.inverse_pivot[j]);
        for (std::size_t k = j + 1; k < columns; ++k)
            x[j] = hn::Sub(x[j], hn::Mul(f.matrix[packed(k, j)], x[k]));
    }
}

/// z' D^-1 z of the leading columns.
template <std::size_t known, class D>
HWY_INLINE hn::Vec<D> scaled_square(const Factored<known, D>& f, std::size_t columns,
                                    const hn::Vec<D>* z) {
    hn::Vec<D> sum = hn::Zero(D());
    for (std::size_t j = 0; j < columns; ++j)
        sum = hn::Add(sum, hn::Mul(hn::Mul(z[j], z[j]), f.inverse_pivot[j]));
    return sum;
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
