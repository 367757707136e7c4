#include "cell_faults.hpp"

#include <utility>

#include <fmt/format.h>

namespace rsasim::scenario {

void CellFaults::add(std::size_t cell, const Place& place, std::string text) {
    const bool is_next = cells_ == 0 || cell != last_;
    if (is_next) ++cells_;
    last_ = cell;
    if (examples_.size() >= most_examples_ || !seen_.insert(text).second) return;
    if (examples_.empty() || examples_.back().cell != cell) ++shown_cells_;
    examples_.push_back({cell, place, std::move(text)});
}

void CellFaults::report(const CellValues& values, Faults& faults) const {
    for (std::size_t i = 0; i < examples_.size(); ++i) {
        const Example& example = examples_[i];
        std::string text = example.text;
        const std::string where = values.describe(example.cell);
        if (!where.empty()) text += fmt::format(" ({})", where);
        const bool is_last = i + 1 == examples_.size();
        if (is_last && cells_ > shown_cells_) {
            text += fmt::format(" Of {} cells {} are at fault; {} are not shown.", values.cells(),
                                cells_, cells_ - shown_cells_);
        }
        faults.add(example.place, text);
    }
}

}  // namespace rsasim::scenario
