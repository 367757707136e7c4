#include "notes.hpp"

#include "cell_values.hpp"
#include "method_lists.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/possible_tables.hpp>

namespace rsasim::scenario {
namespace {

void add_one_sided(const design::Grid& grid, std::vector<std::string>& notes) {
    const auto one_sided = std::ranges::find_if(grid.cells, [](const design::Cell& cell) {
        const auto& plan = cell.design.analysis();
        return plan.sides == design::Sides::one && !plan.margin_measure();
    });
    if (one_sided == grid.cells.end()) return;
    notes.push_back(
        fmt::format("One-sided tests use alpha = {} as given: one-sided 0.05 is not "
                    "0.025.",
                    design::canonical_decimal(one_sided->design.analysis().alpha)));
}

void add_uneven_splits(const Settings& settings, const design::Grid& grid,
                       std::vector<std::string>& notes) {
    if (!settings.has("arms.total")) return;
    const CellValues values(settings);
    const auto totals = values.column("arms.total");
    const auto ratios = values.column("arms.ratio");
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        const auto& shares = std::get<Array>(ratios.at(cell).data);
        const auto treated = std::get<std::int64_t>(shares[0].data);
        const auto control = std::get<std::int64_t>(shares[1].data);
        const std::int64_t total = totals.whole(cell);
        if (total * treated % (treated + control) == 0) continue;
        const auto& sizes = grid.cells[cell].design.sizes();
        notes.push_back(fmt::format(
            "A total of {} does not divide in the ratio {}:{}; the arms have {} and {} women.{}",
            total, treated, control, sizes.treated, sizes.control,
            grid.cells.size() > 1 ? " Other totals of the sweep are rounded likewise." : ""));
        return;
    }
}

/// What is different where tables are too many to be kept.
void add_one_by_one(const Settings& settings, const design::Grid& grid,
                    std::vector<std::string>& notes) {
    const auto first = std::ranges::find_if(
        grid.cells, [](const design::Cell& cell) { return cell.design.is_tallied_one_by_one(); });
    if (first == grid.cells.end()) return;
    auto note = fmt::format(
        "About {:.2g} tables can come up{}, more than {}: rsasim run tallies such trials one by "
        "one and keeps no tables, so that there is no fragility index, and nothing for rsasim "
        "judge.",
        design::possible_tables(first->design),
        grid.cells.size() > 1 ? fmt::format(" in cell {}", first - grid.cells.begin()) : "",
        design::most_counted_tables);
    if (settings.constant(tests_path) == nullptr)
        note += " Exact unconditional tests are left out unless analysis.tests names them.";
    notes.push_back(std::move(note));
}

}  // namespace

std::vector<std::string> notes_on(const Settings& settings, const design::Grid& grid) {
    std::vector<std::string> notes;
    add_one_sided(grid, notes);
    add_uneven_splits(settings, grid, notes);
    add_one_by_one(settings, grid, notes);
    return notes;
}

}  // namespace rsasim::scenario
