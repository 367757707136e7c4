// Included once for each instruction set, after <hwy/foreach_target.h>.
#if defined(RSASIM_MATH_VECTOR_EXP_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_MATH_VECTOR_EXP_INL_HPP
#undef RSASIM_MATH_VECTOR_EXP_INL_HPP
#else
#define RSASIM_MATH_VECTOR_EXP_INL_HPP
#endif

#include <cstdint>

#include <hwy/highway.h>

#include <rsasim/math/portable_exp.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::math::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Numerator and denominator of e^x, as math::Odds.
template <class V>
struct OddsOf {
    V numerator;
    V denominator;
};

/// odds_of where |x| <= 709 is known.
template <class D, class V = hn::Vec<D>>
HWY_INLINE OddsOf<V> odds_within(D d, V held) {
    using namespace portable;
    const hn::RebindToUnsigned<D> bits;
    const V magic = hn::Set(d, round_to_whole);
    const V shifted = hn::Add(hn::Mul(held, hn::Set(d, log2_e)), magic);
    const V k = hn::Sub(shifted, magic);
    const V r =
        hn::Sub(hn::Sub(held, hn::Mul(k, hn::Set(d, ln2_high))), hn::Mul(k, hn::Set(d, ln2_low)));
    const V z = hn::Mul(r, r);
    V big_r = hn::Add(hn::Mul(hn::Set(d, coth_terms[6]), z), hn::Set(d, coth_terms[5]));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, coth_terms[4]));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, coth_terms[3]));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, coth_terms[2]));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, coth_terms[1]));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, coth_terms[0]));
    const auto biased =
        hn::Add(hn::BitCast(bits, shifted), hn::Set(bits, std::uint64_t{exponent_bias}));
    const V power = hn::BitCast(d, hn::ShiftLeft<mantissa_bits>(biased));
    return {hn::Mul(power, hn::Add(big_r, r)), hn::Sub(big_r, r)};
}

/// odds_within in single precision, for |x| <= 80: within 3e-7 relative where |x| <= 28.
template <class D, class V = hn::Vec<D>>
HWY_INLINE OddsOf<V> single_odds_within(D d, V x) {
    const hn::RebindToUnsigned<D> bits;
    constexpr float ln2 = 0.693147181F, log2_e = 1.44269504F, magic = 0x1.8p23F;
    constexpr std::uint32_t bias = 127;
    constexpr int mantissa = 23;
    const V shifted = hn::Add(hn::Mul(x, hn::Set(d, log2_e)), hn::Set(d, magic));
    const V k = hn::Sub(shifted, hn::Set(d, magic));
    const V r = hn::Sub(x, hn::Mul(k, hn::Set(d, ln2)));
    const V z = hn::Mul(r, r);
    V big_r = hn::Add(hn::Mul(hn::Set(d, -1.0F / 360), z), hn::Set(d, 1.0F / 6));
    big_r = hn::Add(hn::Mul(big_r, z), hn::Set(d, 2.0F));
    const auto biased = hn::Add(hn::BitCast(bits, shifted), hn::Set(bits, bias));
    const V power = hn::BitCast(d, hn::ShiftLeft<mantissa>(biased));
    return {hn::Mul(power, hn::Add(big_r, r)), hn::Sub(big_r, r)};
}

/// math::odds_of of every lane, same bits.
template <class D, class V = hn::Vec<D>>
HWY_INLINE OddsOf<V> odds_of(D d, V x) {
    const V limit = hn::Set(d, portable::largest_exponent);
    return odds_within(d, hn::Min(hn::Max(x, hn::Neg(limit)), limit));
}

/// math::portable_exp of every lane, same bits.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp(D d, V x) {
    const auto odds = odds_of(d, x);
    return hn::Div(odds.numerator, odds.denominator);
}

/// math::portable_log of every lane, same bits.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log(D d, V x) {
    using namespace portable;
    const hn::RebindToUnsigned<D> bits;
    const auto pattern = hn::BitCast(bits, x);
    // The exponent k of x = 2^k m with m in [sqrt(1/2), sqrt 2), made a number by its place in the
    // mantissa of 1.5 * 2^52.
    constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcd, offset = 1024;
    const auto lifted = hn::Add(pattern, hn::Set(bits, (offset << mantissa_bits) - sqrt_half));
    const auto k_lifted = hn::ShiftRight<mantissa_bits>(lifted);  // k + 1024
    const auto k_bits = hn::Sub(k_lifted, hn::Set(bits, offset));
    const V m = hn::BitCast(d, hn::Sub(pattern, hn::ShiftLeft<mantissa_bits>(k_bits)));
    const V magic = hn::Set(d, round_to_whole);
    const V k = hn::Sub(hn::BitCast(d, hn::Add(hn::BitCast(bits, magic), k_bits)), magic);
    const V one = hn::Set(d, 1.0);
    const V s = hn::Div(hn::Sub(m, one), hn::Add(m, one));
    const V z = hn::Mul(s, s);
    V sum = hn::Set(d, atanh_terms[9]);
    for (int j = 8; j >= 0; --j)
        sum = hn::Add(hn::Mul(sum, z), hn::Set(d, atanh_terms[j]));
    const V rest = hn::Add(hn::Mul(hn::Mul(s, z), sum), hn::Mul(k, hn::Set(d, ln2_low)));
    return hn::Add(hn::Mul(k, hn::Set(d, ln2_high)), hn::Add(hn::Mul(s, hn::Set(d, 2.0)), rest));
}

}  // namespace rsasim::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
