#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/replication.hpp>

/// How large a trial must be that is to confirm a published one.
namespace rsasim::planning {

struct ConfirmatoryRule {
    double power = 0.9;
    std::int64_t largest_total = 200'000;  ///< women in both arms that are looked at
    unsigned threads = 1;
};

/// A new trial with equal arms, and its exact power.
struct ConfirmatoryTrial {
    std::int64_t n_per_arm = 0;
    double power = 0;
};

struct ConfirmatorySize {
    std::optional<ConfirmatoryTrial> first;   ///< the smallest whose power reaches the target
    std::optional<ConfirmatoryTrial> stable;  ///< from which on all up to `horizon` do
    std::int64_t lowest = 0;                  ///< per arm: every size from here ...
    std::int64_t horizon = 0;                 ///< ... to here was looked at
    std::string why_not;                      ///< where there is no size: the reason, in words
};

/// Women per arm with which exact unconditional tests are judged at most: they order all tables.
inline constexpr std::int64_t most_unconditional = 500;

/// The size at rates assumed to be true; `plan` has one test, of no effect. Exact power is a
/// saw-tooth in n: a crossing is found by bisection, and from there every n is looked at downwards
/// and upwards until the power is further from the target than four times the deepest step back
/// that was met, and for at least 16 n; below 100 per arm down to 1 and up to twice the crossing.
/// Tested against brute force over all n.
ConfirmatorySize confirmatory_size(const AssumedTruth& truth,
                                   const std::shared_ptr<const design::AnalysisPlan>& plan,
                                   const ConfirmatoryRule& rule);

}  // namespace rsasim::planning
