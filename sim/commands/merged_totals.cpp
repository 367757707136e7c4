#include "merged_totals.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

using files::StoredCell;
using tally::TableCounts;

[[noreturn]] void refuse_numbers(const std::string& path, std::size_t cell,
                                 const std::string& reason) {
    throw scenario::InputErrors(
        {fmt::format("{}: cell {} {}, so it is not of its scenario. Simulate it anew: rsasim run.",
                     path, cell, reason)});
}

std::optional<tally::ReplicateRange> common_part(const tally::ReplicateRanges& one,
                                                 const tally::ReplicateRanges& other) {
    auto a = one.begin();
    auto b = other.begin();
    while (a != one.end() && b != other.end()) {
        const tally::ReplicateRange common{std::max(a->first, b->first),
                                           std::min(a->last, b->last)};
        if (common.first < common.last) return common;
        if (a->last < b->last) {
            ++a;
        } else {
            ++b;
        }
    }
    return {};
}

/// True where the tables can be those of trials of a design.
bool has_arms_of(const design::Design& design, const TableCounts& tables) {
    const design::ArmSizes sizes = design.sizes();
    return std::ranges::all_of(tables, [&](const auto& row) {
        if (design.patients() == nullptr) {
            return row.n_treated == sizes.treated && row.n_control == sizes.control;
        }
        return std::int64_t{row.n_treated} + row.n_control <= sizes.treated + sizes.control;
    });
}

/// Files have as many words for each cell, those that its layout has first.
bool are_zeros_from(std::size_t first, const std::vector<std::int64_t>& words) {
    const auto from = words.begin() + static_cast<std::ptrdiff_t>(std::min(first, words.size()));
    return std::all_of(from, words.end(), [](std::int64_t word) { return word == 0; });
}

std::int64_t pilot_replicates(const tally::ReplicateRanges& finished) {
    std::int64_t sum = 0;
    for (const auto& [first, last] : finished)
        sum += std::max<std::int64_t>(0, std::min(last, engine::patient_block) - first);
    return sum;
}

}  // namespace

MergedTotals::MergedTotals(const scenario::Scenario& scenario)
    : cells_(scenario.grid.cells),
      totals_(scenario.grid.cells.size()),
      layouts_(scenario.grid.cells.size()) {}

const std::shared_ptr<const tally::PatientLayout>& MergedTotals::layout_of(std::size_t cell) {
    auto& layout = layouts_[cell];
    if (!layout) layout = std::make_shared<const tally::PatientLayout>(cells_[cell].design);
    return layout;
}

std::optional<CellRange> MergedTotals::first_common(const files::StoredState& state) const {
    for (const StoredCell& cell : state.cells) {
        if (cell.cell >= totals_.size()) continue;
        if (const auto common = common_part(cell.finished, totals_[cell.cell].finished)) {
            return CellRange{cell.cell, *common};
        }
    }
    return {};
}

void MergedTotals::check(const std::string& path, const StoredCell& cell) {
    if (cell.cell >= totals_.size()) refuse_numbers(path, cell.cell, "is not of the sweep");
    const design::Design& design = cells_[cell.cell].design;
    const auto& tables = std::get<TableCounts>(cell.tables);
    if (!has_arms_of(design, tables)) refuse_numbers(path, cell.cell, "has tables of other arms");
    if (engine::is_counted_by_table(design)) {
        if (!are_zeros_from(0, cell.patient_words))
            refuse_numbers(path, cell.cell, "has sums of single trials");
        return;
    }
    const auto& layout = layout_of(cell.cell);
    const bool has_rows_of_design =
        design.is_tallied_one_by_one()
            ? tables.empty()
            : cell.rejections.size() == tables.size() * layout->rejections();
    if (!has_rows_of_design || cell.patient_words.size() < layout->words() ||
        !are_zeros_from(layout->words(), cell.patient_words)) {
        refuse_numbers(path, cell.cell, "has the numbers of other analyses");
    }
    const auto pilot = std::accumulate(cell.pilot.begin(), cell.pilot.end(), std::int64_t{0});
    const bool is_pilot_counted =
        design.is_tallied_one_by_one() || pilot == pilot_replicates(cell.finished);
    if (cell.patient_words[layout->trials()] != tally::replicates_in(cell.finished) ||
        !is_pilot_counted) {
        refuse_numbers(path, cell.cell, "counts other trials than its ledger");
    }
}

void MergedTotals::add(const std::string& path, files::StoredState state) {
    for (const StoredCell& cell : state.cells)
        check(path, cell);
    for (StoredCell& cell : state.cells) {
        engine::CellTotals& total = totals_[cell.cell];
        for (const auto& range : cell.finished)
            tally::add_range(total.finished, range);
        auto& tables = std::get<TableCounts>(cell.tables);
        if (engine::is_counted_by_table(cells_[cell.cell].design)) {
            tally::add_rows(total.tables, tables);
            continue;
        }
        if (!total.patients) {
            total.patients = std::make_shared<tally::PatientTally>(layout_of(cell.cell));
        }
        const std::size_t words = layout_of(cell.cell)->words();
        total.patients->merge(std::span(cell.patient_words).first(words),
                              {std::move(tables), std::move(cell.pilot), std::move(cell.rejections),
                               std::move(cell.pilot_rejections)});
    }
}

std::vector<engine::CellTotals> MergedTotals::take() {
    for (std::size_t cell = 0; cell < totals_.size(); ++cell) {
        if (engine::is_counted_by_table(cells_[cell].design) || totals_[cell].patients) continue;
        totals_[cell].patients = std::make_shared<tally::PatientTally>(layout_of(cell));
    }
    return std::move(totals_);
}

}  // namespace rsasim::commands
