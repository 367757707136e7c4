#include "patient_covariates.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

using design::Family;

CovariateEntry read_centres(const CellReader& cell) {
    CovariateEntry entry;
    entry.covariate.name = "centre";
    entry.covariate.distribution.family = Family::categorical;
    auto& probabilities = entry.covariate.distribution.probabilities;
    const auto number = cell.whole("centres.number");
    probabilities = cell.numbers("centres.shares");
    const auto centres =
        static_cast<std::size_t>(number.value_or(static_cast<std::int64_t>(probabilities.size())));
    if (probabilities.empty()) {
        probabilities.assign(centres, 1.0 / static_cast<double>(centres));
    } else {
        double sum = 0;
        for (const double share : probabilities)
            sum += share;
        if (probabilities.size() != centres || centres < 2 || !(std::abs(sum - 1) <= sum_slack)) {
            cell.fault("centres.shares",
                       fmt::format("{} shares that add up to 1 are needed, one for each centre; "
                                   "these {} add up to {:.6g}. Correct them, or leave them out for "
                                   "equal shares.",
                                   std::max<std::size_t>(centres, 2), probabilities.size(), sum));
        }
    }
    for (std::size_t centre = 1; centre <= probabilities.size(); ++centre)
        entry.covariate.levels.push_back(fmt::format("{}", centre));
    return entry;
}

/// The row at which the Cholesky decomposition of a matrix fails; its size where it succeeds.
std::size_t first_bad_pivot(std::vector<double> matrix, std::size_t size) {
    constexpr double least_pivot = 1e-10;
    for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            double sum = matrix[row * size + column];
            for (std::size_t k = 0; k < column; ++k)
                sum -= matrix[row * size + k] * matrix[column * size + k];
            if (column < row) {
                matrix[row * size + column] = sum / matrix[column * size + column];
            } else if (sum > least_pivot) {
                matrix[row * size + row] = std::sqrt(sum);
            } else {
                return row;
            }
        }
    }
    return size;
}

std::size_t covariate_index(std::string_view name, const std::vector<CovariateEntry>& covariates) {
    const auto found = std::ranges::find_if(
        covariates, [name](const CovariateEntry& entry) { return entry.covariate.name == name; });
    return static_cast<std::size_t>(found - covariates.begin());
}

struct Correlation {
    std::size_t row = 0;
    std::size_t column = 0;
    double value = 0;
};

std::optional<Correlation> read_pair(const CellReader& cell, const NamedEntry& entry,
                                     const std::vector<CovariateEntry>& covariates) {
    const auto dot = entry.name.find('.');
    const std::string first = entry.name.substr(0, dot), second = entry.name.substr(dot + 1);
    for (const std::string& name : {first, second}) {
        if (covariate_index(name, covariates) < covariates.size()) continue;
        cell.fault_at(entry.place, fmt::format("correlation: \"{}\" is not a covariate. Name two "
                                               "that have a [[covariate]] each.",
                                               name));
        return std::nullopt;
    }
    const auto value = cell.number(fmt::format("correlation.{}.value", entry.name));
    if (value) {
        return Correlation{covariate_index(first, covariates), covariate_index(second, covariates),
                           *value};
    }
    cell.fault_at(entry.place,
                  fmt::format("correlation.{}.value is needed. Write value = 0.4.", entry.name));
    return std::nullopt;
}

}  // namespace

std::vector<CovariateEntry> read_covariates(const CellReader& cell) {
    std::vector<CovariateEntry> covariates;
    for (const NamedEntry& entry : cell.vocabulary().entries(covariate_table))
        covariates.push_back(read_covariate(cell, entry));
    const bool has_centres = cell.has("centres.number") || cell.has("centres.shares");
    if (has_centres && covariate_index("centre", covariates) < covariates.size()) {
        cell.fault(cell.has("centres.number") ? "centres.number" : "centres.shares",
                   "[centres] makes a covariate \"centre\", and there is one. Give that "
                   "[[covariate]] another name.");
    } else if (has_centres) {
        covariates.push_back(read_centres(cell));
    } else if (const Value* sd = cell.find("centres.sd"); sd != nullptr) {
        cell.fault_at(sd->place, "centres.number is needed. Write number = 10 below [centres].");
    }
    return covariates;
}

std::vector<double> read_correlation(const CellReader& cell,
                                     const std::vector<CovariateEntry>& covariates) {
    const auto& entries = cell.vocabulary().entries(correlation_table);
    if (entries.empty()) return {};
    const std::size_t size = covariates.size();
    std::vector<double> matrix(size * size, 0.0);
    for (std::size_t i = 0; i < size; ++i)
        matrix[i * size + i] = 1;
    for (const NamedEntry& entry : entries) {
        const auto pair = read_pair(cell, entry, covariates);
        if (!pair) return {};
        matrix[pair->row * size + pair->column] = pair->value;
        matrix[pair->column * size + pair->row] = pair->value;
    }
    const std::size_t bad = first_bad_pivot(matrix, size);
    if (bad < size) {
        cell.fault_at(entries.front().place,
                      fmt::format("the correlations cannot hold together: with {} the matrix of "
                                  "the normal scores is not positive definite. Bring its "
                                  "correlations nearer to 0, or give those that are missing (0).",
                                  covariates[bad].covariate.name));
    }
    return matrix;
}

design::Eligibility read_eligibility(const CellReader& cell,
                                     const std::vector<CovariateEntry>& covariates) {
    design::Eligibility eligibility;
    const auto read = [&](std::string_view path, const auto& take) {
        const auto texts = cell.texts(path);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto feature = comparison_of(texts[i], covariates);
            if (const auto* problem = std::get_if<std::string>(&feature)) {
                cell.fault(path, i, *problem);
            } else {
                take(std::get<design::Feature>(feature));
            }
        }
    };
    read("eligibility.all",
         [&](const design::Feature& feature) { eligibility.clauses.push_back({feature}); });
    std::vector<design::Feature> alternatives;
    read("eligibility.any",
         [&](const design::Feature& feature) { alternatives.push_back(feature); });
    if (!alternatives.empty()) eligibility.clauses.push_back(std::move(alternatives));
    return eligibility;
}

std::vector<design::Factor> read_factors(const CellReader& cell, std::string_view path,
                                         const std::vector<CovariateEntry>& covariates) {
    constexpr double most_strata = 10'000;
    std::vector<design::Factor> factors;
    const auto texts = cell.texts(path);
    double strata = 1;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto factor = factor_of(texts[i], covariates);
        if (const auto* problem = std::get_if<std::string>(&factor)) {
            cell.fault(path, i, *problem);
            continue;
        }
        auto& read = std::get<design::Factor>(factor);
        const auto same = [&read](const design::Factor& other) {
            return other.covariate == read.covariate && other.cuts == read.cuts;
        };
        if (std::ranges::any_of(factors, same)) {
            cell.fault(path, i, "the factor is in the list already. Remove one of the two.");
            continue;
        }
        strata *= static_cast<double>(read.levels());
        factors.push_back(std::move(read));
    }
    if (strata > most_strata) {
        cell.fault(path, fmt::format("these factors span {:.0f} strata, at most 10,000 are kept "
                                     "apart. Leave some out, or cut them less finely.",
                                     strata));
    }
    return factors;
}

}  // namespace rsasim::scenario
