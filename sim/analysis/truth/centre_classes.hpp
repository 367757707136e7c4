#pragma once

#include "groups.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// What an analysis tells apart of the centres. A centre that is alone in its class has an
/// intercept, or strata, of its own in every trial: its random effect is conditioned on. Centres
/// that share a class are averaged over.
struct CentreClasses {
    std::vector<std::size_t> of_cell;  ///< by cell of the centre's slot
    std::vector<bool> is_single;       ///< by class

    /// False where nothing reads the centre, or where centres have no random effects.
    [[nodiscard]] bool divide() const { return !is_single.empty(); }
};

/// By the features of the centre.
CentreClasses centre_classes(const AnalysedWomen& women, std::span<const design::Feature> features);

/// By the strata of the centre.
CentreClasses centre_classes(const AnalysedWomen& women, std::span<const design::Factor> factors);

/// The groups by strata; those of a centre in a class of its own once for every effect it may have.
std::vector<Group> strata_given_centres(const AnalysedWomen& women,
                                        std::span<const design::Factor> factors);

}  // namespace rsasim::analysis
