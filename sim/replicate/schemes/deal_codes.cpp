#include "deal_codes.hpp"

#include "arrangements.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "schemes/deal_codes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::replicate::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<double, design::lanes>;
using Places = hn::RebindToSigned<Reals>;
using CodeWords = hn::RebindToUnsigned<Reals>;

// Women whose codes are found before any of them is taken apart: they are fetched one by one, which
// is faster than the processors' own gathering.
constexpr std::size_t women_ahead = 16;

/// Where the next woman of each stratum finds her code, for some of the lanes.
struct NextPlaces {
    hn::Vec<Places> of_first, of_second;

    NextPlaces(std::size_t lane, std::size_t room) {
        const Places d;
        const auto step = hn::Set(d, static_cast<std::int64_t>(room));
        of_first = hn::Mul(hn::Iota(d, static_cast<std::int64_t>(lane)), step);
        of_second = hn::Mul(hn::Iota(d, static_cast<std::int64_t>(lane + design::lanes)), step);
    }
    HWY_INLINE hn::Vec<Places> take(hn::Vec<Reals> stratum) {
        const Places d;
        const auto is_first = hn::RebindMask(d, hn::Eq(stratum, hn::Zero(Reals())));
        const auto one = hn::Set(d, 1);
        const auto place = hn::IfThenElse(is_first, of_first, of_second);
        of_first = hn::Add(of_first, hn::IfThenElseZero(is_first, one));
        of_second = hn::Add(of_second, hn::IfThenZeroElse(is_first, one));
        return place;
    }
};

/// Writes arms, and guesses where asked for; returns twice the correct guesses.
HWY_INLINE hn::Vec<CodeWords> take_apart(const std::uint8_t* codes, std::size_t place,
                                         const AllottedArms& arms) {
    const Reals d;
    const CodeWords words;
    const hn::Rebind<std::uint8_t, Reals> bytes;
    const auto narrow = hn::PromoteTo(hn::Rebind<std::uint32_t, Reals>(), hn::LoadU(bytes, codes));
    const auto code = hn::PromoteTo(words, narrow);
    const auto is_treated = hn::TestBit(code, hn::Set(words, std::uint64_t{1}));
    hn::StoreU(hn::IfThenElseZero(hn::RebindMask(d, is_treated), hn::Set(d, 1.0)), d,
               arms.treated + place);
    if (arms.guess != nullptr) {
        const auto doubled = hn::And(hn::ShiftRight<1>(code), hn::Set(words, std::uint64_t{3}));
        const auto guess = hn::ConvertTo(d, hn::BitCast(Places(), doubled));
        hn::StoreU(hn::Mul(guess, hn::Set(d, 0.5)), d, arms.guess + place);
    }
    return hn::ShiftRight<3>(code);
}

void deal_lanes(const StackedCodes& from, const double* strata, std::size_t women,
                const AllottedArms& arms, std::uint64_t* correct) {
    const Reals d;
    const std::size_t width = hn::Lanes(d);
    HWY_ALIGN std::int64_t places[women_ahead * design::lanes];
    HWY_ALIGN std::uint8_t codes[women_ahead * design::lanes];
    for (std::size_t lane = 0; lane < design::lanes; lane += width) {
        NextPlaces next(lane, from.room);
        auto sum = hn::Zero(CodeWords());
        for (std::size_t first = 0; first < women; first += women_ahead) {
            const std::size_t here = HWY_MIN(women_ahead, women - first);
            const std::size_t start = first * design::lanes + lane;
            for (std::size_t i = 0; i < here; ++i) {
                const auto stratum = strata == nullptr
                                         ? hn::Zero(d)
                                         : hn::LoadU(d, strata + start + i * design::lanes);
                hn::Store(next.take(stratum), Places(), places + i * width);
            }
            for (std::size_t i = 0; i < here * width; ++i)
                codes[i] = from.codes[places[i]];
            for (std::size_t i = 0; i < here; ++i)
                sum = hn::Add(sum, take_apart(codes + i * width, start + i * design::lanes, arms));
        }
        hn::StoreU(sum, CodeWords(), correct + lane);
    }
}

}  // namespace rsasim::replicate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::replicate {

// The layout of Code that the vector code takes apart.
static_assert(Code::arm(1) == 1 && Code::guess(2 << 1) == 1 && Code::doubled_correct(2 << 3) == 2);

HWY_EXPORT(deal_lanes);

void deal(const StackedCodes& from, const double* strata, const AllocationTask& task,
          const AllottedArms& arms) {
    std::uint64_t doubled[design::lanes] = {};
    HWY_DYNAMIC_DISPATCH(deal_lanes)(from, strata, task.women, arms, doubled);
    if (arms.correct_guesses == nullptr) return;
    for (std::size_t lane = 0; lane < task.live; ++lane)
        arms.correct_guesses[lane] = 0.5 * static_cast<double>(doubled[lane]);
}

}  // namespace rsasim::replicate
#endif
