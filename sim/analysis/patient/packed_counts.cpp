#include "patient/packed_counts.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "patient/packed_counts.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Sums of whole numbers below 2^53: every instruction set gives the same bits.
HWY_BEFORE_NAMESPACE();
namespace rsasim::analysis::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Doubles = hn::CappedTag<double, design::lanes>;
using Vector = hn::Vec<Doubles>;

/// The packed numbers of the women in row `i`, 0 for women without weight.
HWY_INLINE Vector code_of(const design::PatientColumns& columns, std::size_t i) {
    const Doubles d;
    constexpr double treated = 8192.0, events = treated * treated;
    const auto one = hn::Set(d, 1.0), none = hn::Zero(d);
    const auto by_arm = hn::Add(
        one,
        hn::IfThenElseZero(hn::Ne(hn::Load(d, columns.treated + i), none), hn::Set(d, treated)));
    const auto by_outcome = hn::Add(
        one,
        hn::IfThenElseZero(hn::Ne(hn::Load(d, columns.outcome + i), none), hn::Set(d, events)));
    const auto code = hn::Mul(by_arm, by_outcome);
    if (columns.weight == nullptr) return code;
    return hn::IfThenElseZero(hn::Ne(hn::Load(d, columns.weight + i), none), code);
}

HWY_INLINE void count_all(const CountTask& task, std::size_t lane, double* packed) {
    const Doubles d;
    auto sum = hn::Zero(d);
    for (std::size_t woman = task.first_woman; woman < task.last_woman; ++woman)
        sum = hn::Add(sum, code_of(*task.columns, woman * design::lanes + lane));
    hn::Store(sum, d, packed + lane);
}

/// Four strata, so that their sums stay in registers.
HWY_INLINE void count_four(const CountTask& task, std::size_t lane, std::size_t stratum,
                           double* packed) {
    const Doubles d;
    const auto first = static_cast<double>(stratum);
    const auto level0 = hn::Set(d, first), level1 = hn::Set(d, first + 1),
               level2 = hn::Set(d, first + 2), level3 = hn::Set(d, first + 3);
    auto sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (std::size_t woman = task.first_woman; woman < task.last_woman; ++woman) {
        const std::size_t i = woman * design::lanes + lane;
        const auto code = code_of(*task.columns, i);
        const auto level = hn::Load(d, task.stratum + i);
        sum0 = hn::Add(sum0, hn::IfThenElseZero(hn::Eq(level, level0), code));
        sum1 = hn::Add(sum1, hn::IfThenElseZero(hn::Eq(level, level1), code));
        sum2 = hn::Add(sum2, hn::IfThenElseZero(hn::Eq(level, level2), code));
        sum3 = hn::Add(sum3, hn::IfThenElseZero(hn::Eq(level, level3), code));
    }
    double* const out = packed + stratum * design::lanes + lane;
    hn::Store(sum0, d, out);
    if (stratum + 1 < task.strata) hn::Store(sum1, d, out + design::lanes);
    if (stratum + 2 < task.strata) hn::Store(sum2, d, out + 2 * design::lanes);
    if (stratum + 3 < task.strata) hn::Store(sum3, d, out + 3 * design::lanes);
}

void count(const CountTask& task, double* packed) {
    const std::size_t width = hn::Lanes(Doubles());
    for (std::size_t lane = 0; lane < design::lanes; lane += width) {
        if (task.stratum == nullptr) {
            count_all(task, lane, packed);
            continue;
        }
        for (std::size_t stratum = 0; stratum < task.strata; stratum += 4)
            count_four(task, lane, stratum, packed);
    }
}

}  // namespace rsasim::analysis::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::analysis {

HWY_EXPORT(count);

void count_packed(const CountTask& task, double* packed) {
    HWY_DYNAMIC_DISPATCH(count)(task, packed);
}

}  // namespace rsasim::analysis
#endif
