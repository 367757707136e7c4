#include "held_elsewhere.hpp"

#include "console.hpp"
#include "input_files.hpp"
#include "same_sweep.hpp"

#include <system_error>

#include <fmt/format.h>

#include <rsasim/files/stored_state.hpp>

namespace rsasim::commands {
namespace {

bool is_same_file(const std::string& path, const std::filesystem::path& own) {
    std::error_code absent;
    return std::filesystem::equivalent(path, own, absent);
}

void require_cell(const std::string& path, std::size_t cell, std::size_t cells) {
    if (cell < cells) return;
    throw scenario::InputErrors({fmt::format(
        "{}: has a cell {} that its scenario has not. Simulate it anew: rsasim run.", path, cell)});
}

}  // namespace

std::vector<tally::ReplicateRanges> held_elsewhere(const std::vector<std::string>& paths,
                                                   const scenario::Scenario& scenario,
                                                   const std::filesystem::path& own) {
    std::vector<tally::ReplicateRanges> held(scenario.grid.cells.size());
    if (paths.empty()) return held;
    SameSweep sweep(scenario);
    InputFiles inputs(InputFiles::BadFiles::refuse);
    inputs.for_each(paths, [&](const std::string& path) {
        if (is_same_file(path, own)) return;
        const auto state = files::read_stored_state(path, tell);
        sweep.require(path, state);
        for (const auto& cell : state.cells) {
            require_cell(path, cell.cell, held.size());
            auto& of_cell = held[cell.cell];
            for (const auto& range : tally::without(cell.finished, of_cell))
                tally::add_range(of_cell, range);
        }
    });
    return held;
}

void require_disjoint(const summary::Results& stored,
                      const std::vector<tally::ReplicateRanges>& elsewhere,
                      const std::filesystem::path& path) {
    for (std::size_t cell = 0; cell < stored.cells.size(); ++cell) {
        const auto& finished = stored.cells[cell].finished;
        if (tally::without(finished, elsewhere[cell]) == finished) continue;
        throw scenario::InputErrors({fmt::format(
            "{}: holds replicates of cell {} that a file of --except holds too, and merge takes "
            "one of the two alone. Leave that file out of --except, or give another name with -o.",
            path.string(), cell)});
    }
}

}  // namespace rsasim::commands
