#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/replication.hpp>

/// How large a trial must be that is to confirm a published one.
namespace rsasim::planning {

struct ConfirmatoryRule {
    double power = 0.9;
    std::int64_t largest_total = 200'000;  ///< women in both arms that are looked at
    unsigned threads = 1;
};

/// Sizes of a new trial with equal arms, and their exact power.
struct ConfirmatoryTrial {
    design::ArmSizes sizes;
    double power = 0;
};

struct ConfirmatorySize {
    std::optional<ConfirmatoryTrial> first;   ///< the smallest whose power reaches the target
    std::optional<ConfirmatoryTrial> stable;  ///< from which on every larger one does
    std::string why_not;                      ///< where there is no size: the reason, in words
};

/// The size at rates assumed to be true; `plan` has one test.
ConfirmatorySize confirmatory_size(const AssumedTruth& truth,
                                   const std::shared_ptr<const design::AnalysisPlan>& plan,
                                   const ConfirmatoryRule& rule);

}  // namespace rsasim::planning
