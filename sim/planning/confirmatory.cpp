#include "row_power.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/planning/confirmatory.hpp>

namespace rsasim::planning {
namespace {

constexpr std::int64_t looked_at_throughout = 100;
constexpr std::int64_t steps = 16;
constexpr double safety = 4;

/// The power at sizes that were looked at. Neighbours are asked in one go, so that threads share
/// them; the answers do not depend on that.
class PowerCurve {
  public:
    PowerCurve(const design::AnalysisPlan& plan, const design::Rates& rates, unsigned threads)
        : plan_(&plan), rates_(rates), threads_(threads) {}

    double at(std::int64_t n) {
        const auto found = known_.find(n);
        if (found != known_.end()) return found->second;
        return known_[n] = power(n);
    }
    /// Makes the sizes first, ..., last known.
    void ask(std::int64_t first, std::int64_t last) {
        std::vector<double> powers(static_cast<std::size_t>(last - first + 1));
        engine::for_each_range(powers.size(), 1, threads_, [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i)
                powers[i] = power(first + static_cast<std::int64_t>(i));
        });
        for (std::size_t i = 0; i < powers.size(); ++i)
            known_[first + static_cast<std::int64_t>(i)] = powers[i];
    }

  private:
    [[nodiscard]] double power(std::int64_t n) const {
        const design::ArmSizes sizes{n, n};
        return row_power(sizes, TestRule(sizes, *plan_, 0), rates_);
    }

    const design::AnalysisPlan* plan_;
    design::Rates rates_;
    unsigned threads_;
    std::map<std::int64_t, double> known_;
};

/// Some n with power at n - 1 below the target and at n not; nothing up to the cap.
std::optional<std::int64_t> crossing(PowerCurve& curve, double target, std::int64_t cap) {
    std::int64_t below = 0, reaches = 1;
    while (curve.at(reaches) < target) {
        if (reaches == cap) return std::nullopt;
        below = reaches;
        reaches = std::min(2 * reaches, cap);
    }
    while (reaches - below > 1) {
        const std::int64_t middle = below + (reaches - below) / 2;
        (curve.at(middle) < target ? below : reaches) = middle;
    }
    return reaches;
}

/// What was looked at around a crossing.
struct Stretch {
    std::int64_t lowest = 0;
    std::int64_t horizon = 0;
    double deepest = 0;  ///< most by which a larger trial had less power
};

/// Every n from the crossing down, until the power is safely below the target.
void look_down(PowerCurve& curve, double target, Stretch& stretch) {
    const std::int64_t start = stretch.lowest;
    double least = curve.at(start);
    while (stretch.lowest > 1) {
        const double distance = target - curve.at(stretch.lowest);
        const bool is_safe = start >= looked_at_throughout && start - stretch.lowest >= steps &&
                             distance > safety * stretch.deepest;
        if (is_safe) return;
        const auto next = std::max(stretch.lowest - steps, std::int64_t{1});
        curve.ask(next, stretch.lowest - 1);
        while (stretch.lowest > next) {
            const double power = curve.at(--stretch.lowest);
            stretch.deepest = std::max(stretch.deepest, power - least);
            least = std::min(least, power);
        }
    }
}

/// Every n from the crossing up, until the power is safely above the target, or to twice as many.
void look_up(PowerCurve& curve, double target, std::int64_t cap, Stretch& stretch) {
    const std::int64_t start = stretch.horizon, last = std::min(2 * start, cap);
    double most = curve.at(start);
    while (stretch.horizon < last) {
        const double distance = curve.at(stretch.horizon) - target;
        const bool is_safe = start >= looked_at_throughout && stretch.horizon - start >= steps &&
                             distance > safety * stretch.deepest;
        if (is_safe) return;
        const auto next = std::min(stretch.horizon + steps, last);
        curve.ask(stretch.horizon + 1, next);
        while (stretch.horizon < next) {
            const double power = curve.at(++stretch.horizon);
            stretch.deepest = std::max(stretch.deepest, most - power);
            most = std::max(most, power);
        }
    }
}

bool orders_all_tables(const design::AnalysisPlan& plan) {
    const auto* row = analysis::find_method(analysis::Role::test, plan.tests.front().id);
    return row != nullptr && row->family == "exact unconditional";
}

/// Why no search is made; empty where one is. The power of a one-sided test that looks the other
/// way falls with every woman.
std::string reason_against(const AssumedTruth& truth, const design::AnalysisPlan& plan) {
    if (truth.rates.treated == truth.rates.control) return "the effect is nil";
    const auto tail = analysis::deciding_tail(plan);
    const bool is_more = truth.rates.treated > truth.rates.control;
    const bool is_against =
        tail != analysis::Tail::two_sided && (tail == analysis::Tail::greater) != is_more;
    return is_against ? "the one-sided test looks the other way" : "";
}

}  // namespace

ConfirmatorySize confirmatory_size(const AssumedTruth& truth,
                                   const std::shared_ptr<const design::AnalysisPlan>& plan,
                                   const ConfirmatoryRule& rule) {
    ConfirmatorySize size;
    size.why_not = reason_against(truth, *plan);
    if (!size.why_not.empty()) return size;
    const bool is_slow = orders_all_tables(*plan);
    const std::int64_t cap =
        std::min(rule.largest_total / 2, is_slow ? most_unconditional : rule.largest_total / 2);
    PowerCurve curve(*plan, truth.rates, rule.threads);
    const auto start = crossing(curve, rule.power, cap);
    if (!start) {
        size.why_not = fmt::format("more than {} + {} women{}", cap, cap,
                                   is_slow ? ", as many as this test is judged with" : "");
        return size;
    }
    Stretch stretch{*start, *start};
    look_down(curve, rule.power, stretch);
    look_up(curve, rule.power, cap, stretch);
    auto first = stretch.lowest, stable = stretch.horizon;
    while (curve.at(first) < rule.power)
        ++first;
    while (stable > first && curve.at(stable - 1) >= rule.power)
        --stable;
    size.first = {first, curve.at(first)};
    if (curve.at(stable) >= rule.power) size.stable = {stable, curve.at(stable)};
    size.lowest = stretch.lowest;
    size.horizon = stretch.horizon;
    return size;
}

}  // namespace rsasim::planning
