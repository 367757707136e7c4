// Included once for each instruction set, after <hwy/foreach_target.h>.
#if defined(RSASIM_ANALYSIS_LOGISTIC_WOMEN_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_ANALYSIS_LOGISTIC_WOMEN_INL_HPP
#undef RSASIM_ANALYSIS_LOGISTIC_WOMEN_INL_HPP
#else
#define RSASIM_ANALYSIS_LOGISTIC_WOMEN_INL_HPP
#endif

#include "patient/lane_matrix-inl.hpp"
#include "patient/logistic_fit.hpp"

#include <hwy/highway.h>

#include <rsasim/math/vector_exp-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

/// A woman's columns; the first is her weight.
template <std::size_t known>
HWY_INLINE void load_columns(const double* row, std::size_t columns, Numbers* x) {
    const Lanes d;
    if constexpr (known > 0) {
        unrolled<known>([&](auto j)
                            HWY_ATTR { x[j] = hn::Load(d, row + (1 + j) * design::lanes); });
    } else {
        for (std::size_t j = 0; j < columns; ++j)
            x[j] = hn::Load(d, row + (1 + j) * design::lanes);
    }
}

/// The linear predictor of the leading columns, within largest_predictor; weights count as 1.
template <std::size_t known>
HWY_INLINE Numbers predictor(const Numbers* x, const Numbers* coefficients, std::size_t columns) {
    const Lanes d;
    Numbers sum = coefficients[0];
    if constexpr (known > 0) {
        unrolled<known - 1>(
            [&](auto j) HWY_ATTR { sum = hn::Add(sum, hn::Mul(coefficients[j + 1], x[j + 1])); });
    } else {
        for (std::size_t j = 1; j < columns; ++j)
            sum = hn::Add(sum, hn::Mul(coefficients[j], x[j]));
    }
    const Numbers most = hn::Set(d, largest_predictor);
    return hn::Min(hn::Max(sum, hn::Neg(most)), most);
}

/// A probability and its complement, neither by subtraction from 1.
struct Chance {
    Numbers event, other;
};

HWY_INLINE Chance chance_of(Numbers predictor) {
    const Lanes d;
    const auto odds = math::HWY_NAMESPACE::odds_within(d, predictor);
    const Numbers scale = hn::Div(hn::Set(d, 1.0), hn::Add(odds.numerator, odds.denominator));
    return {hn::Mul(odds.numerator, scale), hn::Mul(odds.denominator, scale)};
}

/// The score and the information of all columns.
template <std::size_t known>
struct Derivatives {
    Numbers score[room<known>];
    Factored<known> information;
};

template <std::size_t known>
HWY_INLINE void clear(std::size_t columns, Derivatives<known>& sums) {
    const Lanes d;
    if constexpr (known > 0) {
        unrolled<known>([&](auto j) HWY_ATTR { sums.score[j] = hn::Zero(d); });
        unrolled<packed(known, 0)>([&](auto j)
                                       HWY_ATTR { sums.information.matrix[j] = hn::Zero(d); });
    } else {
        for (std::size_t j = 0; j < columns; ++j)
            sums.score[j] = hn::Zero(d);
        for (std::size_t j = 0; j < packed(columns, 0); ++j)
            sums.information.matrix[j] = hn::Zero(d);
    }
}

/// score += x residual, where x[0] counts as 1.
template <std::size_t known>
HWY_INLINE void add_score(const Numbers* x, Numbers residual, std::size_t columns,
                          Derivatives<known>& sums) {
    sums.score[0] = hn::Add(sums.score[0], residual);
    if constexpr (known > 0) {
        unrolled<known - 1>([&](auto j) HWY_ATTR {
            sums.score[j + 1] = hn::Add(sums.score[j + 1], hn::Mul(x[j + 1], residual));
        });
    } else {
        for (std::size_t j = 1; j < columns; ++j)
            sums.score[j] = hn::Add(sums.score[j], hn::Mul(x[j], residual));
    }
}

/// information += x x' weight, where x[0] counts as 1.
template <std::size_t known>
HWY_INLINE void add_information(const Numbers* x, Numbers weight, std::size_t columns,
                                Derivatives<known>& sums) {
    Numbers* information = sums.information.matrix;
    information[0] = hn::Add(information[0], weight);
    if constexpr (known > 0) {
        unrolled<known - 1>([&](auto i) HWY_ATTR {
            constexpr std::size_t j = decltype(i)::value + 1;
            const Numbers share = hn::Mul(x[j], weight);
            information[packed(j, 0)] = hn::Add(information[packed(j, 0)], share);
            unrolled<j>([&](auto k) HWY_ATTR {
                Numbers& sum = information[packed(j, k + 1)];
                sum = hn::Add(sum, hn::Mul(share, x[k + 1]));
            });
        });
    } else {
        for (std::size_t j = 1; j < columns; ++j) {
            const Numbers share = hn::Mul(x[j], weight);
            information[packed(j, 0)] = hn::Add(information[packed(j, 0)], share);
            for (std::size_t k = 1; k <= j; ++k)
                information[packed(j, k)] =
                    hn::Add(information[packed(j, k)], hn::Mul(share, x[k]));
        }
    }
}

/// Sums over all women at some coefficients, for the lanes that start at `rows`.
template <std::size_t known>
HWY_INLINE void differentiate(const double* rows, std::size_t women, std::size_t given,
                              const Numbers* coefficients, Derivatives<known>& out) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(given);
    Derivatives<known> sums;
    clear<known>(columns, sums);
    for (std::size_t woman = 0; woman < women; ++woman) {
        Numbers x[room<known>];
        load_columns<known>(rows, columns, x);
        const Chance p = chance_of(predictor<known>(x, coefficients, columns));
        const Numbers residual = hn::Mul(x[0], hn::Sub(hn::Load(d, rows), p.event));
        const Numbers weight = hn::Mul(x[0], hn::Mul(p.event, p.other));
        add_score<known>(x, residual, columns, sums);
        add_information<known>(x, weight, columns, sums);
        rows += (columns + 1) * design::lanes;
    }
    out = sums;
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
