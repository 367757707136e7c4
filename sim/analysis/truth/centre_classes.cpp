#include "centre_classes.hpp"

#include <map>
#include <set>

namespace rsasim::analysis {
namespace {

/// What is said of a centre: one number for each feature or factor that reads it.
using Code = std::vector<double>;

/// A class is single where all of its women's weight has the same centre.
CentreClasses classes_of(const AnalysedWomen& women, std::size_t slot,
                         const std::vector<Code>& code_of_cell) {
    CentreClasses classes;
    std::map<Code, std::size_t> class_of_code;
    for (const Code& code : code_of_cell) {
        classes.of_cell.push_back(
            class_of_code.try_emplace(code, class_of_code.size()).first->second);
    }
    const Population& population = *women.population;
    std::vector<std::set<double>> centres(class_of_code.size());
    for (std::size_t node = 0; node < population.nodes(); ++node) {
        if (women.weights[node] == 0) continue;
        const std::size_t cell = population.cells[slot][node];
        centres[classes.of_cell[cell]].insert(population.values[slot][cell]);
    }
    for (const auto& members : centres)
        classes.is_single.push_back(members.size() == 1);
    return classes;
}

/// `say(reader, centre)`: the number that a feature or factor gives a centre.
template <class Reader, class Say>
CentreClasses classes_by(const AnalysedWomen& women, std::span<const Reader> readers, Say&& say) {
    if (!women.centre_slot) return {};
    const std::size_t slot = *women.centre_slot;
    const std::size_t centres = women.population->covariates[slot];
    std::vector<Code> codes(women.population->values[slot].size());
    bool is_read = false;
    for (const Reader& reader : readers) {
        if (reader.covariate != centres) continue;
        is_read = true;
        for (std::size_t cell = 0; cell < codes.size(); ++cell)
            codes[cell].push_back(say(reader, women.population->values[slot][cell]));
    }
    return is_read ? classes_of(women, slot, codes) : CentreClasses{};
}

}  // namespace

CentreClasses centre_classes(const AnalysedWomen& women,
                             std::span<const design::Feature> features) {
    return classes_by(women, features, [](const design::Feature& feature, double centre) {
        return feature.of(centre);
    });
}

CentreClasses centre_classes(const AnalysedWomen& women, std::span<const design::Factor> factors) {
    return classes_by(women, factors, [](const design::Factor& factor, double centre) {
        return static_cast<double>(factor.level_of(centre));
    });
}

std::vector<Group> strata_given_centres(const AnalysedWomen& women,
                                        std::span<const design::Factor> factors) {
    std::vector<Group> strata = groups_by_strata(women, *women.events, factors);
    const CentreClasses classes = centre_classes(women, factors);
    if (!classes.divide()) return strata;
    const auto& cells = women.population->cells[*women.centre_slot];
    const auto is_single = [&](const Group& group) {
        return classes.is_single[classes.of_cell[cells[group.node]]];
    };
    std::erase_if(strata, is_single);
    for (const auto& [probability, events] : women.given_effects) {
        for (Group group : groups_by_strata(women, *events, factors)) {
            if (!is_single(group)) continue;
            group.weight *= probability;
            strata.push_back(group);
        }
    }
    return strata;
}

}  // namespace rsasim::analysis
