#include "patient/logistic_rows.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/logistic_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// What follows is included again as well.
#include "patient/lane_matrix-inl.hpp"

#include <rsasim/analysis/regression_size.hpp>
#include <rsasim/math/vector_exp-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

// A column follows from the others where less than this share of its squares is left, or is
// constant where its squares around the mean are less than that share of those of the mean.
constexpr double collinear_share = 1e-10;
constexpr double constant_share = 1e-22;

/// The columns of a batch as they come, from some lane on.
struct Source {
    const double* column[most_columns];  ///< from 1: adjusting features, tested feature, arm
    std::size_t columns;                 ///< intercept and product included
    std::size_t centred;                 ///< columns 1 to this are centred
    bool has_product;
    const double* outcome;
    const double* weight;
    std::size_t women;
};

Source source_of(const design::PatientColumns& from, bool has_interaction) {
    Source source{};
    std::size_t next = 1;
    for (const double* column : from.adjust)
        source.column[next++] = column;
    if (has_interaction) source.column[next++] = from.interaction;
    source.centred = next - 1;
    source.column[next++] = from.treated;
    source.columns = next + (has_interaction ? 1 : 0);
    source.has_product = has_interaction;
    source.outcome = from.outcome;
    source.weight = from.weight;
    source.women = from.women;
    return source;
}

/// Sums and squares of 8 lanes while rows are made, for some of the lanes.
template <std::size_t known>
struct Moments {
    Numbers mean[room<known>];
    Numbers response[room<known>];  ///< sums of column times outcome less the event rate
    Factored<known> gram;
    Numbers diagonal[room<known>];  ///< of the Gram matrix, before it is factored
    Numbers included, events, treated;
};

/// A plain source has no weights and no product.
template <bool is_plain>
HWY_INLINE Numbers weight_at(const Source& source, std::size_t place) {
    const Lanes d;
    if (is_plain || source.weight == nullptr) return hn::Set(d, 1.0);
    return hn::Load(d, source.weight + place);
}

/// A number of a woman who counts; 0 of others, whatever they hold.
template <bool is_plain>
HWY_INLINE Numbers counted(Numbers weight, const double* from) {
    const Lanes d;
    const Numbers number = hn::Load(d, from);
    return is_plain ? number : hn::IfThenElseZero(hn::Gt(weight, hn::Zero(d)), number);
}

template <std::size_t known, bool is_plain>
HWY_INLINE void find_means(const Source& source, std::size_t first_lane, Moments<known>& m) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(source.columns);
    const std::size_t centred = is_plain ? columns - 2 : source.centred;
    m.included = m.events = m.treated = hn::Zero(d);
    for (std::size_t j = 0; j < columns; ++j)
        m.mean[j] = hn::Zero(d);
    const double* treated = source.column[centred + 1];
    for (std::size_t woman = 0; woman < source.women; ++woman) {
        const std::size_t place = woman * design::lanes + first_lane;
        const Numbers weight = weight_at<is_plain>(source, place);
        m.included = hn::Add(m.included, weight);
        m.events = hn::Add(m.events, counted<is_plain>(weight, source.outcome + place));
        m.treated = hn::Add(m.treated, counted<is_plain>(weight, treated + place));
        for (std::size_t j = 1; j <= centred; ++j)
            m.mean[j] = hn::Add(m.mean[j], counted<is_plain>(weight, source.column[j] + place));
    }
    for (std::size_t j = 1; j <= centred; ++j)
        m.mean[j] = hn::Div(m.mean[j], m.included);
}

/// Adds a woman to the Gram matrix and the response.
template <std::size_t known>
HWY_INLINE void add_squares(const Numbers* x, Numbers residual, std::size_t columns,
                            Moments<known>& m) {
    if constexpr (known > 0) {
        unrolled<known>([&](auto j) HWY_ATTR {
            m.response[j] = hn::Add(m.response[j], hn::Mul(x[j], residual));
            unrolled<decltype(j)::value + 1>([&](auto k) HWY_ATTR {
                Numbers& sum = m.gram.matrix[packed(j, k)];
                sum = hn::Add(sum, hn::Mul(x[j], x[k]));
            });
        });
    } else {
        for (std::size_t j = 0; j < columns; ++j) {
            m.response[j] = hn::Add(m.response[j], hn::Mul(x[j], residual));
            for (std::size_t k = 0; k <= j; ++k) {
                Numbers& sum = m.gram.matrix[packed(j, k)];
                sum = hn::Add(sum, hn::Mul(x[j], x[k]));
            }
        }
    }
}

HWY_INLINE void store_both(Numbers value, double* to, float* single) {
    const Lanes d;
    const hn::Rebind<float, Lanes> half;
    hn::Store(value, d, to);
    hn::Store(hn::DemoteTo(half, value), half, single);
}

template <std::size_t known, bool is_plain>
HWY_INLINE void make_rows(const Source& source, std::size_t first_lane, Moments<known>& given,
                          LogisticRows& rows) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(source.columns);
    const std::size_t centred = is_plain ? columns - 2 : source.centred;
    Moments<known> m = given;
    for (std::size_t j = 0; j < columns; ++j) {
        m.response[j] = hn::Zero(d);
        for (std::size_t k = 0; k <= j; ++k)
            m.gram.matrix[packed(j, k)] = hn::Zero(d);
    }
    const Numbers rate = hn::Div(m.events, m.included);
    double* to = rows.values.data() + first_lane;
    Numbers x[room<known>];
    for (std::size_t woman = 0; woman < source.women; ++woman) {
        const std::size_t place = woman * design::lanes + first_lane;
        const Numbers weight = weight_at<is_plain>(source, place);
        const Numbers outcome = counted<is_plain>(weight, source.outcome + place);
        x[0] = weight;
        const std::size_t given_columns = columns - (!is_plain && source.has_product ? 1 : 0);
        for (std::size_t j = 1; j < given_columns; ++j) {
            const Numbers raw = counted<is_plain>(weight, source.column[j] + place);
            const Numbers mean = is_plain ? m.mean[j] : hn::Mul(weight, m.mean[j]);
            x[j] = j <= centred ? hn::Sub(raw, mean) : raw;
        }
        if (!is_plain && source.has_product)
            x[columns - 1] = hn::Mul(x[columns - 3], x[columns - 2]);
        float* single = rows.singles_of(woman) + first_lane;
        store_both(outcome, to, single);
        for (std::size_t j = 0; j < columns; ++j)
            store_both(x[j], to + (1 + j) * design::lanes, single + (1 + j) * 2 * design::lanes);
        to += (columns + 1) * design::lanes;
        add_squares<known>(x, hn::Sub(outcome, hn::Mul(weight, rate)), columns, m);
    }
    given = m;
}

/// Marks lanes whose columns follow from each other; returns where the tested feature stays.
template <std::size_t known>
HWY_INLINE Numbers find_collinear(const Source& source, Moments<known>& m, double* collinear) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(source.columns);
    const std::size_t feature = source.has_product ? columns - 3 : columns;
    const Numbers one = hn::Set(d, 1.0), zero = hn::Zero(d);
    for (std::size_t j = 0; j < columns; ++j)
        m.diagonal[j] = m.gram.matrix[packed(j, j)];
    Factored<known> all = m.gram;
    factor<known>(all, columns, columns, one);
    Numbers keeps = one;
    if (feature < columns) {
        const Numbers least = hn::Mul(hn::Set(d, collinear_share), m.diagonal[feature]);
        const auto stays = hn::Gt(all.matrix[packed(feature, feature)], least);
        keeps = hn::IfThenElseZero(stays, one);
    }
    factor<known>(m.gram, columns, feature, keeps);
    Numbers follows = zero;
    for (std::size_t j = 1; j < columns; ++j) {
        const Numbers least = hn::Mul(hn::Set(d, collinear_share), m.diagonal[j]);
        Numbers left = m.gram.matrix[packed(j, j)];
        if (j == feature) left = hn::IfThenElse(hn::Gt(keeps, zero), left, m.diagonal[j]);
        follows = hn::IfThenElse(hn::Gt(left, least), follows, one);
        if (j <= source.centred) {
            const Numbers square = hn::Mul(hn::Mul(m.mean[j], m.mean[j]), m.included);
            const Numbers constant = hn::Mul(hn::Set(d, constant_share), square);
            follows = hn::IfThenElse(hn::Gt(m.diagonal[j], constant), follows, one);
        }
    }
    hn::Store(follows, d, collinear);
    return keeps;
}

/// The least-squares coefficients over rate (1 - rate), around the intercept's own fit.
template <std::size_t known>
HWY_INLINE void store_start(const Moments<known>& m, std::size_t columns, std::size_t used,
                            std::size_t first_lane, PerLane* start) {
    const Lanes d;
    const Numbers others = hn::Sub(m.included, m.events);
    const Numbers spread = hn::Div(hn::Mul(m.included, m.included), hn::Mul(m.events, others));
    Numbers x[room<known>];
    for (std::size_t j = 0; j < columns; ++j)
        x[j] = m.response[j];
    solve_lower(m.gram, used, x);
    solve_upper(m.gram, used, x);
    for (std::size_t j = 0; j < columns; ++j) {
        Numbers value = j < used ? hn::Mul(x[j], spread) : hn::Zero(d);
        if (j == 0) value = hn::Add(value, math::HWY_NAMESPACE::log(d, hn::Div(m.events, others)));
        hn::Store(value, d, start[j].value + first_lane);
    }
}

template <std::size_t known, bool is_plain>
HWY_INLINE void take_lanes(const Source& source, LogisticRows& rows, PerLane& collinear) {
    const Lanes d;
    const std::size_t columns = columns_of<known>(source.columns);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Moments<known> m;
        find_means<known, is_plain>(source, lane, m);
        make_rows<known, is_plain>(source, lane, m, rows);
        hn::Store(find_collinear<known>(source, m, collinear.value + lane), d,
                  rows.keeps_feature.value + lane);
        store_start<known>(m, columns, columns, lane, rows.start);
        store_start<known>(m, columns, columns - 1, lane, rows.null_start);
        hn::Store(m.included, d, rows.included.value + lane);
        hn::Store(m.events, d, rows.events.value + lane);
        hn::Store(m.treated, d, rows.treated.value + lane);
    }
}

template <std::size_t known>
void take_columns(const Source& source, LogisticRows& rows) {
    PerLane collinear;
    if (source.weight == nullptr && !source.has_product) {
        take_lanes<known, true>(source, rows, collinear);
    } else {
        take_lanes<known, false>(source, rows, collinear);
    }
    for (std::size_t lane = 0; lane < design::lanes; ++lane) {
        const double included = rows.included[lane], events = rows.events[lane];
        rows.status[lane] = Status::ok;
        if (collinear[lane] != 0) rows.status[lane] = Status::collinear;
        if (!(events > 0 && events < included)) rows.status[lane] = Status::degenerate;
        if (included == 0) rows.status[lane] = Status::undefined;
    }
}

void take(const design::PatientColumns& from, bool has_interaction, LogisticRows& rows) {
    const Source source = source_of(from, has_interaction);
    rows.women = source.women;
    rows.columns = source.columns;
    rows.clear_beside_last();
    switch (source.columns) {
        case 2:
            return take_columns<2>(source, rows);
        case 3:
            return take_columns<3>(source, rows);
        case 4:
            return take_columns<4>(source, rows);
        case 5:
            return take_columns<5>(source, rows);
        case 6:
            return take_columns<6>(source, rows);
        case 7:
            return take_columns<7>(source, rows);
        case 8:
            return take_columns<8>(source, rows);
        default:
            return take_columns<0>(source, rows);
    }
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::analysis {

HWY_EXPORT(take);

LogisticRows::LogisticRows(std::size_t most_women, std::size_t most_adjusting, bool interaction)
    : has_interaction(interaction) {
    static_assert(most_columns == most_regression_columns);
    const std::size_t most = most_adjusting + other_regression_columns(interaction);
    if (most > most_columns) {
        throw std::invalid_argument(
            fmt::format("a regression has at most {} columns, not {}", most_columns, most));
    }
    values.resize(most_women * (most + 1) * design::lanes);
    singles.resize(values.size() + (most + 1) * design::lanes);
}

void LogisticRows::clear_beside_last() {
    if (women % 2 == 0) return;
    float* beside = singles_of(women);
    for (std::size_t place = 0; place <= columns; ++place)
        std::fill_n(beside + place * 2 * design::lanes, design::lanes, 0.0F);
}

void LogisticRows::take(const design::PatientColumns& from) {
    HWY_DYNAMIC_DISPATCH(take)(from, has_interaction, *this);
}

}  // namespace rsasim::analysis
#endif
