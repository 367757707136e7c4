#include "groups.hpp"

#include <algorithm>
#include <numeric>

namespace rsasim::analysis {
namespace {

/// Every node's group, and how many groups there may be.
struct Labels {
    std::vector<std::uint32_t> of_node;
    std::size_t count = 1;
};

/// Splits every group by a property of a slot's cells with `levels` values.
void split(const Population& population, std::size_t slot,
           const std::vector<std::uint32_t>& level_of_cell, std::size_t levels, Labels& labels) {
    for (std::size_t node = 0; node < labels.of_node.size(); ++node) {
        labels.of_node[node] = labels.of_node[node] * static_cast<std::uint32_t>(levels) +
                               level_of_cell[population.cells[slot][node]];
    }
    labels.count *= levels;
}

/// The level of each of a slot's cells: its own where a feature reads the value itself; else cells
/// that agree in all comparisons share one.
std::vector<std::uint32_t> levels_of_cells(const Population& population, std::size_t slot,
                                           std::span<const design::Feature> features,
                                           std::size_t& levels) {
    const std::vector<double>& values = population.values[slot];
    std::vector<std::uint64_t> codes(values.size());
    std::size_t comparisons = 0;
    for (const design::Feature& feature : features) {
        if (population.slot_of(feature.covariate) != slot) continue;
        comparisons += feature.comparison == design::Comparison::none ? 64 : 1;
        for (std::size_t cell = 0; cell < codes.size(); ++cell)
            codes[cell] = codes[cell] * 2 + (feature.of(values[cell]) != 0 ? 1U : 0U);
    }
    if (comparisons >= 64) std::iota(codes.begin(), codes.end(), std::uint64_t{0});
    auto sorted = codes;
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    levels = sorted.size();
    std::vector<std::uint32_t> level_of_cell;
    for (const std::uint64_t code : codes) {
        level_of_cell.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(sorted, code) - sorted.begin()));
    }
    return level_of_cell;
}

std::vector<Group> grouped(const AnalysedWomen& women, const ArmProbabilities& events,
                           const Labels& labels) {
    std::vector<Group> groups(labels.count);
    for (std::size_t node = 0; node < labels.of_node.size(); ++node) {
        const double weight = women.weights[node];
        if (weight == 0) continue;
        Group& group = groups[labels.of_node[node]];
        group.weight += weight;
        group.treated += weight * events.treated[node];
        group.control += weight * events.control[node];
        group.node = node;
    }
    std::erase_if(groups, [](const Group& group) { return group.weight == 0; });
    for (Group& group : groups) {
        group.treated /= group.weight;
        group.control /= group.weight;
    }
    return groups;
}

}  // namespace

std::vector<Group> groups_by_features(const AnalysedWomen& women, const ArmProbabilities& events,
                                      std::span<const design::Feature> features) {
    const Population& population = *women.population;
    Labels labels{std::vector<std::uint32_t>(population.nodes()), 1};
    std::vector<std::size_t> slots;
    for (const design::Feature& feature : features)
        slots.push_back(population.slot_of(feature.covariate));
    std::ranges::sort(slots);
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    for (const std::size_t slot : slots) {
        std::size_t levels = 0;
        const auto level_of_cell = levels_of_cells(population, slot, features, levels);
        if (labels.count * levels > population.nodes()) {  // each node on its own is as few
            std::iota(labels.of_node.begin(), labels.of_node.end(), std::uint32_t{0});
            labels.count = population.nodes();
            break;
        }
        split(population, slot, level_of_cell, levels, labels);
    }
    return grouped(women, events, labels);
}

std::vector<Group> groups_by_strata(const AnalysedWomen& women, const ArmProbabilities& events,
                                    std::span<const design::Factor> factors) {
    const Population& population = *women.population;
    Labels labels{std::vector<std::uint32_t>(population.nodes()), 1};
    for (const design::Factor& factor : factors) {
        const std::size_t slot = population.slot_of(factor.covariate);
        std::vector<std::uint32_t> level_of_cell;
        for (const double value : population.values[slot])
            level_of_cell.push_back(static_cast<std::uint32_t>(factor.level_of(value)));
        split(population, slot, level_of_cell, factor.levels(), labels);
    }
    return grouped(women, events, labels);
}

}  // namespace rsasim::analysis
