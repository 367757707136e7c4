#pragma once

#include "hdf5_numbers.hpp"
#include "layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/results.hpp>

/// Variables over the cells of results, which must outlive their numbers.
namespace rsasim::files {

/// value(cell) of each cell.
template <class Number, class Value>
hdf5::Numbers over_cells(const summary::Results& results, Value value) {
    const auto& cells = results.cells;
    return hdf5::numbers_by<Number>(cells.size(),
                                    [&cells, value](std::size_t first, std::span<Number> to) {
                                        for (std::size_t i = 0; i < to.size(); ++i)
                                            to[i] = static_cast<Number>(value(cells[first + i]));
                                    });
}

/// value(summary) of each summary of a kind in each cell.
template <class Summary, class Value>
hdf5::Numbers over_summaries(const summary::Results& results, const Kind<Summary>& kind,
                             Value value) {
    using Number = decltype(value(Summary{}));
    const auto& cells = results.cells;
    const std::size_t each = (results.*kind.labels).size();
    return hdf5::numbers_by<Number>(
        cells.size() * each,
        [&cells, each, summaries = kind.summaries, value](std::size_t first, std::span<Number> to) {
            for (std::size_t i = 0; i < to.size(); ++i) {
                const auto& cell = cells[(first + i) / each];
                to[i] = value((cell.summary.*summaries)[(first + i) % each]);
            }
        });
}

/// A quantity of each summary of a kind in each cell.
struct Variable {
    std::string name;
    hdf5::Numbers numbers;
    std::string long_name;
    std::string formula;
    std::string error_name;  ///< of the variable with its Monte Carlo errors; empty for none
};

/// The figures of a measure, and their errors.
template <class Summary>
std::vector<Variable> figures_of(const summary::Results& results, const Kind<Summary>& kind,
                                 const summary::Measure<Summary>& measure,
                                 summary::Figure Summary::*member) {
    const std::string name(measure.dataset);
    const auto error_name = name + "_mcse";
    const auto value = [member](const Summary& item) { return (item.*member).value; };
    const auto mcse = [member](const Summary& item) { return (item.*member).mcse; };
    return {
        {name, over_summaries(results, kind, value), std::string(measure.long_name),
         std::string(measure.formula), error_name},
        {error_name, over_summaries(results, kind, mcse), "Monte Carlo standard error of " + name,
         "see Morris, White & Crowther 2019, table 6; 0 under enumeration", ""}};
}

/// The variables of a measure; none for counts that there are not.
template <class Summary>
std::vector<Variable> variables_of(const summary::Results& results, const Kind<Summary>& kind,
                                   const summary::Measure<Summary>& measure) {
    return std::visit(
        [&](auto member) -> std::vector<Variable> {
            using Value = std::decay_t<decltype(Summary{}.*member)>;
            if constexpr (std::is_same_v<Value, summary::Figure>) {
                return figures_of(results, kind, measure, member);
            } else {
                if (std::is_same_v<Value, std::int64_t> && !has_counts(results)) return {};
                const auto value = [member](const Summary& item) { return item.*member; };
                return {{std::string(measure.dataset), over_summaries(results, kind, value),
                         std::string(measure.long_name), std::string(measure.formula), ""}};
            }
        },
        measure.member);
}

}  // namespace rsasim::files
