#pragma once

#include "outcome_law.hpp"
#include "population.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// Women whom an analysis cannot tell apart.
struct Group {
    double weight = 0;     ///< share of the women analysed
    double treated = 0;    ///< P(event) in the treated arm
    double control = 0;    ///< and in the control arm
    std::size_t node = 0;  ///< any of theirs
};

/// Events, where the random effect of the woman's centre is given, and the effect's probability.
struct EventsGivenEffect {
    double probability = 1;
    const ArmProbabilities* events = nullptr;
};

/// The women analysed, with their outcomes.
struct AnalysedWomen {
    const Population* population = nullptr;
    std::vector<double> weights;  ///< by node, sum 1
    const ArmProbabilities* events = nullptr;
    /// Slot of the covariate that says which centre; nothing where centres have no random effects
    /// or nothing reads which centre it is.
    std::optional<std::size_t> centre_slot{};
    std::vector<EventsGivenEffect> given_effects{};  ///< by the effect of a woman's centre
};

/// Groups by what the features say, with these events; those of no weight left out. Their order
/// and weights do not depend on the events.
std::vector<Group> groups_by_features(const AnalysedWomen& women, const ArmProbabilities& events,
                                      std::span<const design::Feature> features);

/// Groups by strata.
std::vector<Group> groups_by_strata(const AnalysedWomen& women, const ArmProbabilities& events,
                                    std::span<const design::Factor> factors);

}  // namespace rsasim::analysis
