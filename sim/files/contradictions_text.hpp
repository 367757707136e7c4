#pragma once

#include <string>

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// A table of a cell with its weight.
struct WeightedTable {
    design::Table2x2 table;
    double weight = 0;  ///< count or probability
};

WeightedTable table_at(const summary::CellResults& cell, std::size_t row);

/// "reject_but_covers_null" or "accept_but_excludes_null".
std::string_view name_of_contradiction(analysis::Agreement kind);

/// For each pair that contradicts itself a paragraph with the most frequent tables at which it
/// does; empty where none does.
std::string contradictions_text(const summary::Results& results, const summary::CellResults& cell,
                                std::size_t width);

}  // namespace rsasim::files
