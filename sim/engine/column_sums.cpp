#include "column_sums.hpp"

#include <algorithm>
#include <cmath>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "column_sums.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::engine::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Lanes = hn::CappedTag<double, design::lanes>;
using Numbers = hn::Vec<Lanes>;

void count_above(double limit, const double* column, const double* treated, std::size_t women,
                 ArmCounts& counts) {
    const Lanes d;
    const Numbers one = hn::Set(d, 1.0), least = hn::Set(d, limit);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Numbers all = hn::Zero(d), in_treated = all;
        for (std::size_t i = lane; i < women * design::lanes; i += design::lanes) {
            const auto counts_here = hn::Gt(hn::Load(d, column + i), least);
            all = hn::Add(all, hn::IfThenElseZero(counts_here, one));
            const Numbers arm = hn::Load(d, treated + i);
            in_treated = hn::Add(in_treated, hn::IfThenElseZero(counts_here, arm));
        }
        hn::Store(all, d, counts.all.value + lane);
        hn::Store(in_treated, d, counts.treated.value + lane);
    }
}

/// `weight` may be null.
void count_tables(const design::PatientColumns& columns, TableCells& cells) {
    const Lanes d;
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Numbers women = hn::Zero(d), treated = women, events = women, treated_events = women;
        for (std::size_t i = lane; i < columns.women * design::lanes; i += design::lanes) {
            const Numbers weight =
                columns.weight != nullptr ? hn::Load(d, columns.weight + i) : hn::Set(d, 1.0);
            const Numbers arm = hn::Mul(weight, hn::Load(d, columns.treated + i));
            const Numbers outcome = hn::Load(d, columns.outcome + i);
            women = hn::Add(women, weight);
            treated = hn::Add(treated, arm);
            events = hn::Add(events, hn::Mul(weight, outcome));
            treated_events = hn::Add(treated_events, hn::Mul(arm, outcome));
        }
        hn::Store(women, d, cells.women.all.value + lane);
        hn::Store(treated, d, cells.women.treated.value + lane);
        hn::Store(events, d, cells.events.all.value + lane);
        hn::Store(treated_events, d, cells.events.treated.value + lane);
    }
}

HWY_INLINE Numbers stratum_at(const BalanceTask& task, const design::PatientColumns& columns,
                              std::size_t i) {
    const Lanes d;
    Numbers stratum = hn::Load(d, columns.allocation_levels[0] + i);
    for (std::size_t f = 1; f < task.levels.size(); ++f) {
        stratum = hn::Add(hn::Mul(stratum, hn::Set(d, task.levels[f])),
                          hn::Load(d, columns.allocation_levels[f] + i));
    }
    return stratum;
}

/// Two strata at a time, so that their sums stay in registers.
void largest_balance(const BalanceTask& task, const design::PatientColumns& columns,
                     LaneSums& largest) {
    const Lanes d;
    const Numbers of_treated = hn::Set(d, task.of_treated);
    const Numbers of_control = hn::Set(d, task.of_control);
    for (std::size_t lane = 0; lane < design::lanes; lane += hn::Lanes(d)) {
        Numbers most = hn::Zero(d);
        for (std::size_t stratum = 0; stratum < task.strata; stratum += 2) {
            const Numbers level = hn::Set(d, static_cast<double>(stratum));
            const Numbers next_level = hn::Set(d, static_cast<double>(stratum + 1));
            Numbers sum = hn::Zero(d), next = sum;
            for (std::size_t i = lane; i < columns.women * design::lanes; i += design::lanes) {
                const auto is_treated = hn::Gt(hn::Load(d, columns.treated + i), hn::Zero(d));
                const Numbers score = hn::IfThenElse(is_treated, of_treated, of_control);
                const Numbers here = stratum_at(task, columns, i);
                sum = hn::Add(sum, hn::IfThenElseZero(hn::Eq(here, level), score));
                next = hn::Add(next, hn::IfThenElseZero(hn::Eq(here, next_level), score));
            }
            most = hn::Max(most, hn::Max(hn::Abs(sum), hn::Abs(next)));
        }
        hn::Store(most, d, largest.value + lane);
    }
}

}  // namespace rsasim::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::engine {
namespace {

HWY_EXPORT(count_above);
HWY_EXPORT(count_tables);
HWY_EXPORT(largest_balance);

/// Up to here a pass over the women for every two strata is quicker than one with scattered sums.
constexpr std::size_t few_strata = 16;

LaneSums largest_of_many(const BalanceTask& task, const design::PatientColumns& columns,
                         std::span<double> balance) {
    std::fill(balance.begin(), balance.end(), 0.0);
    const double scores[] = {task.of_control, task.of_treated};
    for (std::size_t i = 0; i < columns.women * design::lanes; ++i) {
        std::size_t stratum = 0;
        for (std::size_t f = 0; f < task.levels.size(); ++f) {
            stratum = stratum * static_cast<std::size_t>(task.levels[f]) +
                      static_cast<std::size_t>(columns.allocation_levels[f][i]);
        }
        balance[stratum * design::lanes + i % design::lanes] +=
            scores[static_cast<std::size_t>(columns.treated[i])];
    }
    LaneSums largest;
    for (std::size_t i = 0; i < balance.size(); ++i) {
        double& most = largest[i % design::lanes];
        most = std::max(most, std::abs(balance[i]));
    }
    return largest;
}

}  // namespace

ArmCounts count_above(double limit, const double* column, const double* treated,
                      std::size_t women) {
    ArmCounts counts;
    HWY_DYNAMIC_DISPATCH(count_above)(limit, column, treated, women, counts);
    return counts;
}

TableCells count_tables(const design::PatientColumns& columns) {
    TableCells cells;
    HWY_DYNAMIC_DISPATCH(count_tables)(columns, cells);
    return cells;
}

LaneSums largest_balance(const BalanceTask& task, const design::PatientColumns& columns,
                         std::span<double> balance) {
    if (task.strata > few_strata) return largest_of_many(task, columns, balance);
    LaneSums largest;
    HWY_DYNAMIC_DISPATCH(largest_balance)(task, columns, largest);
    return largest;
}

}  // namespace rsasim::engine
#endif
