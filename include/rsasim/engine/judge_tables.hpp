#pragma once

#include <memory>
#include <span>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::engine {

/// The tables that came up in one cell, sorted by (events treated, events control).
struct TablesOfCell {
    const design::Design* design = nullptr;
    std::vector<design::Table2x2> tables;
};

/// Judges every distinct table once per (arm sizes, analysis plan), however many cells share it, in
/// parallel. Result i belongs to cell i; cells with the same sizes and plan share one judgement.
std::vector<std::shared_ptr<const analysis::Judgement>> judge_tables(
    std::span<const TablesOfCell> cells, unsigned threads);

}  // namespace rsasim::engine
