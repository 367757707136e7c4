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

/// The numbers of one place in a row.
template <class D>
inline constexpr std::size_t place_width = design::lanes * sizeof(double) / sizeof(hn::TFromD<D>);

/// A woman's columns; the first is her weight.
template <std::size_t known, class D>
HWY_INLINE void load_columns(D d, const hn::TFromD<D>* row, std::size_t columns, hn::Vec<D>* x) {
    if constexpr (known > 0) {
        unrolled<known>([&](auto j)
                            HWY_ATTR { x[j] = hn::Load(d, row + (1 + j) * place_width<D>); });
    } else {
        for (std::size_t j = 0; j < columns; ++j)
            x[j] = hn::Load(d, row + (1 + j) * place_width<D>);
    }
}

/// x' coefficients over the leading columns, where x[0] counts as 1.
template <std::size_t known, class V>
HWY_INLINE V product(const V* x, const V* coefficients, std::size_t columns) {
    V sum = coefficients[0];
    if constexpr (known > 0) {
        unrolled<known - 1>(
            [&](auto j) HWY_ATTR { sum = hn::Add(sum, hn::Mul(coefficients[j + 1], x[j + 1])); });
    } else {
        for (std::size_t j = 1; j < columns; ++j)
            sum = hn::Add(sum, hn::Mul(coefficients[j], x[j]));
    }
    return sum;
}

/// A linear predictor held within largest_predictor.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V held(D d, V sum) {
    const V most = hn::Set(d, static_cast<hn::TFromD<D>>(largest_predictor));
    return hn::Min(hn::Max(sum, hn::Neg(most)), most);
}

/// The linear predictor of the leading columns, within largest_predictor; weights count as 1.
template <std::size_t known, class D, class V = hn::Vec<D>>
HWY_INLINE V predictor(D d, const V* x, const V* coefficients, std::size_t columns) {
    return held(d, product<known>(x, coefficients, columns));
}

/// A probability and its complement, neither by subtraction from 1.
template <class V>
struct Chance {
    V event, other;
};

/// In the precision of the vectors.
template <class D, class V = hn::Vec<D>>
HWY_INLINE Chance<V> chance_of(D d, V predictor) {
    const auto odds = [&]() HWY_ATTR {
        if constexpr (sizeof(hn::TFromD<D>) == sizeof(float)) {
            return math::HWY_NAMESPACE::single_odds_within(d, predictor);
        } else {
            return math::HWY_NAMESPACE::odds_within(d, predictor);
        }
    }();
    const V scale =
        hn::Div(hn::Set(d, hn::TFromD<D>{1}), hn::Add(odds.numerator, odds.denominator));
    return {hn::Mul(odds.numerator, scale), hn::Mul(odds.denominator, scale)};
}

/// The score and the information of all columns.
template <std::size_t known, class D = Lanes>
struct Derivatives {
    hn::Vec<D> score[room<known>];
    Factored<known, D> information;
    hn::Vec<D> largest;  ///< of numbers by woman that the caller compares; 0 if none
};

template <std::size_t known, class D>
HWY_INLINE void clear(std::size_t columns, Derivatives<known, D>& sums) {
    const D d;
    sums.largest = hn::Zero(d);
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
template <std::size_t known, class D>
HWY_INLINE void add_score(const hn::Vec<D>* x, hn::Vec<D> residual, std::size_t columns,
                          Derivatives<known, D>& sums) {
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
template <std::size_t known, class D>
HWY_INLINE void add_information(const hn::Vec<D>* x, hn::Vec<D> weight, std::size_t columns,
                                Derivatives<known, D>& sums) {
    hn::Vec<D>* information = sums.information.matrix;
    information[0] = hn::Add(information[0], weight);
    if constexpr (known > 0) {
        unrolled<known - 1>([&](auto i) HWY_ATTR {
            constexpr std::size_t j = decltype(i)::value + 1;
            const hn::Vec<D> share = hn::Mul(x[j], weight);
            information[packed(j, 0)] = hn::Add(information[packed(j, 0)], share);
            unrolled<j>([&](auto k) HWY_ATTR {
                hn::Vec<D>& sum = information[packed(j, k + 1)];
                sum = hn::Add(sum, hn::Mul(share, x[k + 1]));
            });
        });
    } else {
        for (std::size_t j = 1; j < columns; ++j) {
            const hn::Vec<D> share = hn::Mul(x[j], weight);
            information[packed(j, 0)] = hn::Add(information[packed(j, 0)], share);
            for (std::size_t k = 1; k <= j; ++k) {
                information[packed(j, k)] =
                    hn::Add(information[packed(j, k)], hn::Mul(share, x[k]));
            }
        }
    }
}

/// Women whose probabilities are found before any of their squares is added: the chains of
/// operations that each probability takes then run side by side.
constexpr std::size_t women_ahead = 16;

/// What some women add to the sums: outcome less probability, and p (1 - p); 0 without weight.
template <class D>
struct Shares {
    hn::Vec<D> residual[women_ahead], weight[women_ahead];
};

template <std::size_t known, class D>
HWY_INLINE void find_shares(D d, const hn::TFromD<D>* rows, std::size_t women, std::size_t columns,
                            const hn::Vec<D>* coefficients, Shares<D>& shares) {
    for (std::size_t woman = 0; woman < women; ++woman) {
        hn::Vec<D> x[room<known>];
        load_columns<known>(d, rows, columns, x);
        const auto p = chance_of(d, predictor<known>(d, x, coefficients, columns));
        shares.residual[woman] = hn::Mul(x[0], hn::Sub(hn::Load(d, rows), p.event));
        shares.weight[woman] = hn::Mul(x[0], hn::Mul(p.event, p.other));
        rows += (columns + 1) * place_width<D>;
    }
}

/// Sums over all women at some coefficients, for the lanes that start at `rows`.
template <std::size_t known, class D, class V = hn::Vec<D>>
HWY_INLINE void differentiate(D d, const hn::TFromD<D>* rows, std::size_t women,
                              std::size_t columns, const V* coefficients,
                              Derivatives<known, D>& out) {
    Derivatives<known, D> sums;
    clear(columns, sums);
    Shares<D> shares;
    for (std::size_t first = 0; first < women; first += women_ahead) {
        const std::size_t here = HWY_MIN(women_ahead, women - first);
        find_shares<known>(d, rows, here, columns, coefficients, shares);
        for (std::size_t woman = 0; woman < here; ++woman) {
            V x[room<known>];
            load_columns<known>(d, rows, columns, x);
            add_score(x, shares.residual[woman], columns, sums);
            add_information(x, shares.weight[woman], columns, sums);
            rows += (columns + 1) * place_width<D>;
        }
    }
    out = sums;
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
