#include "columns.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/draw_columns.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::replicate::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Lanes = hn::CappedTag<double, design::lanes>;
using Bits = hn::RebindToUnsigned<Lanes>;
using Narrow = hn::Rebind<std::uint32_t, Lanes>;
using Numbers = hn::Vec<Lanes>;
using Words = hn::Vec<Bits>;

constexpr double two_52 = 4503599627370496.0;
constexpr std::uint64_t two_52_bits = std::uint64_t{1075} << 52;

/// Calls body(i, words) for each vector of a column and its words, as 64-bit lanes.
template <class Body>
HWY_INLINE void each_words(const WordRows& words, std::size_t size, const Body& body) {
    const std::size_t width = hn::Lanes(Lanes());
    const std::uint32_t* row = words.first;
    for (std::size_t i = 0; i < size; i += design::lanes, row += words.stride) {
        for (std::size_t lane = 0; lane < design::lanes; lane += width)
            body(i + lane, hn::PromoteTo(Bits(), hn::LoadU(Narrow(), row + lane)));
    }
}

/// Whole numbers below 2^52 as doubles.
HWY_INLINE Numbers as_numbers(Words words) {
    return hn::Sub(hn::BitCast(Lanes(), hn::Or(words, hn::Set(Bits(), two_52_bits))),
                   hn::Set(Lanes(), two_52));
}

/// Rows whose places in a table are found before the first cubic is loaded, so that neither waits
/// for the other.
constexpr std::size_t rows_ahead = 16;

struct Found {
    HWY_ALIGN std::uint64_t places[rows_ahead * design::lanes];
    HWY_ALIGN double t[rows_ahead * design::lanes];
};

struct Cubics {
    Numbers even, odd;
};

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE Cubics load_cubics(const Cubic* cubics, const std::uint64_t* places) {
    return {hn::Set(Lanes(), cubics[*places].even), hn::Set(Lanes(), cubics[*places].odd)};
}

#else

using Pair = hn::CappedTag<double, 2>;

/// The cubics of every second lane of those that begin at `places`, side by side.
template <class Tag>
HWY_INLINE hn::Vec<Tag> load_alternate(Tag tag, const Cubic* cubics, const std::uint64_t* places) {
    if constexpr (hn::MaxLanes(Tag()) == 2) {
        return hn::LoadU(Pair(), &cubics[places[0]].even);
    } else {
        const hn::Half<Tag> half;
        return hn::Combine(tag, load_alternate(half, cubics, places + hn::MaxLanes(half)),
                           load_alternate(half, cubics, places));
    }
}

/// One load for each cubic: quicker than two gathers, which processors may do lane by lane.
HWY_INLINE Cubics load_cubics(const Cubic* cubics, const std::uint64_t* places) {
    const auto first = load_alternate(Lanes(), cubics, places);
    const auto second = load_alternate(Lanes(), cubics, places + 1);
    return {hn::InterleaveLower(Lanes(), first, second),
            hn::InterleaveUpper(Lanes(), first, second)};
}

#endif

/// The cubics found from lane i on.
HWY_INLINE Numbers cubics_at(const Cubic* cubics, const Found& found, std::size_t i) {
    const auto [even, odd] = load_cubics(cubics, found.places + i);
    const auto t = hn::Load(Lanes(), found.t + i);
    const auto c3 = hn::BitCast(Lanes(), hn::ShiftLeft<48>(hn::BitCast(Bits(), even)));
    const auto c2 = hn::BitCast(Lanes(), hn::ShiftLeft<32>(hn::BitCast(Bits(), odd)));
    const auto slope = hn::Add(odd, hn::Mul(t, hn::Add(c2, hn::Mul(t, c3))));
    return hn::Add(even, hn::Mul(t, slope));
}

/// Where QuantileTable::operator() looks for these words.
HWY_INLINE void find(Words words, Found& found, std::size_t i) {
    const Bits bits;
    using Table = QuantileTable;
    // All ones in the lower half for the upper side: 0 - (word >> 31), cut to 32 bits.
    const auto side = hn::ShiftRight<31>(words);
    const auto mask = hn::Sub(hn::ShiftLeft<32>(side), side);
    const auto tail = hn::Add(as_numbers(hn::Xor(words, mask)), hn::Set(Lanes(), 0.5));
    const auto tail_bits = hn::BitCast(bits, tail);
    const auto first = hn::Sub(hn::Set(bits, Table::first_segment),
                               hn::And(mask, hn::Set(bits, std::uint64_t{Table::side_segments})));
    const auto mantissa = hn::Or(hn::And(tail_bits, hn::Set(bits, Table::mantissa_mask)),
                                 hn::Set(bits, Table::one_bits));
    hn::Store(hn::Sub(hn::ShiftRight<Table::mantissa_shift>(tail_bits), first), bits,
              found.places + i);
    hn::Store(hn::Sub(hn::BitCast(Lanes(), mantissa), hn::Set(Lanes(), Table::segment_centre)),
              Lanes(), found.t + i);
}

/// Calls body(i, quantile) for each vector of a column: QuantileTable::operator() before its
/// limits.
template <class Body>
HWY_INLINE void each_quantile(const Cubic* cubics, const WordRows& words, std::size_t size,
                              const Body& body) {
    constexpr std::size_t piece = rows_ahead * design::lanes;
    Found found;
    WordRows rest = words;
    for (std::size_t start = 0; start < size; start += piece) {
        const std::size_t count = HWY_MIN(piece, size - start);
        each_words(rest, count, [&](std::size_t i, Words w) HWY_ATTR { find(w, found, i); });
        for (std::size_t i = 0; i < count; i += hn::Lanes(Lanes()))
            body(start + i, cubics_at(cubics, found, i));
        rest.first += rows_ahead * rest.stride;
    }
}

HWY_INLINE Numbers within(Numbers x, double lower, double upper) {
    return hn::Min(hn::Max(x, hn::Set(Lanes(), lower)), hn::Set(Lanes(), upper));
}

void look_up(const QuantileTable& table, const WordRows& words, std::span<double> out) {
    const Cubic* const cubics = table.cubics();
    const double lower = table.lower(), upper = table.upper();
    each_quantile(cubics, words, out.size(), [&](std::size_t i, Numbers quantile) HWY_ATTR {
        hn::StoreU(within(quantile, lower, upper), Lanes(), &out[i]);
    });
}

void step_by_word(const WordSteps& steps, const WordRows& words, std::span<double> out) {
    const auto lowest = hn::Set(Lanes(), steps.lowest), shift = hn::Set(Lanes(), steps.shift);
    each_words(words, out.size(), [&](std::size_t i, Words w) HWY_ATTR {
        const auto number = as_numbers(w);
        auto value = lowest;
        for (std::size_t k = 0; k < steps.limits.size(); ++k) {
            const auto limit = hn::Set(Lanes(), static_cast<double>(steps.limits[k]));
            value = hn::Add(
                value, hn::IfThenElseZero(hn::Gt(number, limit), hn::Set(Lanes(), steps.jumps[k])));
        }
        hn::StoreU(hn::Add(value, shift), Lanes(), &out[i]);
    });
}

void step_by_score(const ScoreSteps& steps, const double* scores, std::span<double> out) {
    const std::size_t width = hn::Lanes(Lanes());
    for (std::size_t i = 0; i < out.size(); i += width) {
        const auto score = hn::LoadU(Lanes(), scores + i);
        auto value = hn::Set(Lanes(), steps.lowest);
        for (std::size_t k = 0; k < steps.limits.size(); ++k) {
            const auto above = hn::Gt(score, hn::Set(Lanes(), steps.limits[k]));
            value = hn::Add(value, hn::IfThenElseZero(above, hn::Set(Lanes(), steps.jumps[k])));
        }
        hn::StoreU(hn::Add(value, hn::Set(Lanes(), steps.shift)), Lanes(), &out[i]);
    }
}

void map_scores(const ScoreMap& map, const double* scores, std::span<double> out) {
    const auto largest = hn::Set(Lanes(), ScoreMap::largest), magic = hn::Set(Lanes(), two_52);
    Found found;
    for (std::size_t i = 0; i < out.size(); i += hn::Lanes(Lanes())) {
        const auto score =
            within(hn::LoadU(Lanes(), scores + i), -ScoreMap::largest, ScoreMap::largest);
        const auto x = hn::Mul(hn::Add(score, largest), hn::Set(Lanes(), ScoreMap::per_unit));
        const auto rounded = hn::Add(x, magic);  // its last bits are x, rounded
        const auto place = hn::Xor(hn::BitCast(Bits(), rounded), hn::Set(Bits(), two_52_bits));
        hn::Store(place, Bits(), found.places);
        hn::Store(hn::Sub(x, hn::Sub(rounded, magic)), Lanes(), found.t);
        hn::StoreU(within(cubics_at(map.cubics(), found, 0), map.lower(), map.upper()), Lanes(),
                   &out[i]);
    }
}

void draw_events(const Cubic* logits, const double* eta, const WordRows& words,
                 std::span<double> out) {
    each_quantile(logits, words, out.size(), [&](std::size_t i, Numbers logit) HWY_ATTR {
        const auto comes_up = hn::Gt(hn::LoadU(Lanes(), eta + i), logit);
        hn::StoreU(hn::IfThenElseZero(comes_up, hn::Set(Lanes(), 1.0)), Lanes(), &out[i]);
    });
}

void pass_stage(const Cubic* logits, double stage, const StageColumns& columns,
                const WordRows& words, std::span<double> passed) {
    const auto one = hn::Set(Lanes(), 1.0), reached = hn::Set(Lanes(), stage);
    each_quantile(logits, words, passed.size(), [&](std::size_t i, Numbers logit) HWY_ATTR {
        const auto gain = columns.gain == nullptr ? hn::Set(Lanes(), columns.treatment)
                                                  : hn::LoadU(Lanes(), columns.gain + i);
        const auto eta = hn::Add(hn::LoadU(Lanes(), columns.eta + i),
                                 hn::Mul(hn::LoadU(Lanes(), columns.takes + i), gain));
        const auto before = hn::LoadU(Lanes(), &passed[i]);
        const auto passes = hn::And(hn::Gt(eta, logit), hn::Eq(before, reached));
        hn::StoreU(hn::Add(before, hn::IfThenElseZero(passes, one)), Lanes(), &passed[i]);
    });
}

}  // namespace rsasim::replicate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::replicate {

HWY_EXPORT(look_up);
HWY_EXPORT(step_by_word);
HWY_EXPORT(step_by_score);
HWY_EXPORT(map_scores);
HWY_EXPORT(draw_events);
HWY_EXPORT(pass_stage);

void look_up(const QuantileTable& table, const WordRows& words, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(look_up)(table, words, out);
}

void step_by_word(const WordSteps& steps, const WordRows& words, std::span<double> out) {
    if (!steps.guide.empty()) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = steps(words.first[i / design::lanes * words.stride + i % design::lanes]);
        return;
    }
    HWY_DYNAMIC_DISPATCH(step_by_word)(steps, words, out);
}

void step_by_score(const ScoreSteps& steps, const double* scores, std::span<double> out) {
    if (!steps.guide.empty()) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = steps(scores[i]);
        return;
    }
    HWY_DYNAMIC_DISPATCH(step_by_score)(steps, scores, out);
}

void map_scores(const ScoreMap& map, const double* scores, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(map_scores)(map, scores, out);
}

void draw_events(const double* eta, const WordRows& words, std::span<double> out) {
    HWY_DYNAMIC_DISPATCH(draw_events)(logistic_quantiles().cubics(), eta, words, out);
}

void pass_stage(double stage, const StageColumns& columns, const WordRows& words,
                std::span<double> passed) {
    HWY_DYNAMIC_DISPATCH(pass_stage)
    (logistic_quantiles().cubics(), stage, columns, words, passed);
}

}  // namespace rsasim::replicate
#endif
