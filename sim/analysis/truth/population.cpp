#include "population.hpp"

#include <algorithm>
#include <numeric>

#include <rsasim/analysis/truth.hpp>

namespace rsasim::analysis {
namespace {

bool clause_holds(const Population& population, const std::vector<FeatureTable>& clause,
                  std::size_t node) {
    return std::ranges::any_of(clause, [&](const FeatureTable& table) {
        return table.by_cell[population.cells[table.slot][node]] != 0;
    });
}

/// Keeps the nodes whose weight is above a bound.
void keep_heavier(double bound, Population& population) {
    std::size_t kept = 0;
    for (std::size_t node = 0; node < population.nodes(); ++node) {
        if (!(population.weights[node] > bound)) continue;
        population.weights[kept] = population.weights[node];
        for (auto& cells : population.cells)
            cells[kept] = cells[node];
        ++kept;
    }
    population.weights.resize(kept);
    for (auto& cells : population.cells)
        cells.resize(kept);
}

double total(const std::vector<double>& weights) {
    return std::accumulate(weights.begin(), weights.end(), 0.0);
}

}  // namespace

std::size_t Population::slot_of(std::size_t covariate) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(covariates, covariate) -
                                    covariates.begin());
}

FeatureTable feature_table(const Population& population, const design::Feature& feature) {
    FeatureTable table{population.slot_of(feature.covariate), {}};
    for (const double value : population.values[table.slot])
        table.by_cell.push_back(feature.of(value));
    return table;
}

std::vector<double> feature_column(const Population& population, const design::Feature& feature) {
    const FeatureTable table = feature_table(population, feature);
    std::vector<double> column;
    column.reserve(population.nodes());
    for (const std::uint32_t cell : population.cells[table.slot])
        column.push_back(table.by_cell[cell]);
    return column;
}

LinearPredictor::LinearPredictor(const Population& population, double constant,
                                 std::span<const design::Term> terms)
    : constant_(constant) {
    for (const design::Term& term : terms) {
        if (term.log_odds == 0) continue;
        FeatureTable table = feature_table(population, term.feature);
        for (double& value : table.by_cell)
            value *= term.log_odds;
        const auto* cells = &population.cells[table.slot];
        const auto same = std::ranges::find(parts_, cells, &Part::cells);
        if (same == parts_.end()) {
            parts_.push_back({cells, std::move(table.by_cell)});
        } else {
            for (std::size_t cell = 0; cell < table.by_cell.size(); ++cell)
                same->by_cell[cell] += table.by_cell[cell];
        }
    }
}

void keep_eligible(const design::Eligibility& eligibility, Population& population) {
    std::vector<std::vector<FeatureTable>> clauses;
    for (const auto& clause : eligibility.clauses) {
        auto& tables = clauses.emplace_back();
        for (const design::Feature& feature : clause)
            tables.push_back(feature_table(population, feature));
    }
    for (const auto& clause : clauses) {
        for (std::size_t node = 0; node < population.nodes(); ++node)
            if (!clause_holds(population, clause, node)) population.weights[node] = 0;
    }
    population.eligible = clauses.empty() ? 1 : total(population.weights);
    if (population.eligible < nobody)
        throw ImpossibleModel("no woman meets the eligibility rules: their share is below 1e-12");
    // A million nodes left out weigh 1e-11 of all at most.
    constexpr double no_weight = 1e-17;
    keep_heavier(no_weight * population.eligible, population);
    const double sum = total(population.weights);
    for (double& weight : population.weights)
        weight /= sum;
}

}  // namespace rsasim::analysis
