#pragma once

#include "outcome_law.hpp"
#include "population.hpp"

#include <cstdint>
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

/// The women analysed, with their outcomes.
struct AnalysedWomen {
    const Population* population = nullptr;
    std::vector<double> weights;  ///< by node, sum 1
    const ArmProbabilities* events = nullptr;
};

/// Groups by what the features say, those of no weight left out.
std::vector<Group> groups_by_features(const AnalysedWomen& women,
                                      std::span<const design::Feature> features);

/// Groups by strata.
std::vector<Group> groups_by_strata(const AnalysedWomen& women,
                                    std::span<const design::Factor> factors);

}  // namespace rsasim::analysis
