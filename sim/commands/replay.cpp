#include "cell_key.hpp"
#include "console.hpp"
#include "input.hpp"
#include "options.hpp"

#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/replay.hpp>
#include <rsasim/files/replay_text.hpp>

namespace rsasim::commands {

ExitStatus replay(const ReplayOptions& options) {
    auto scenario = describe_input(options.input);
    const auto& cells = scenario.grid.cells;
    if (options.cell >= cells.size()) {
        throw scenario::InputErrors(
            {fmt::format("--cell {}: the scenario has the cells 0 to {}. List them: rsasim check.",
                         options.cell, cells.size() - 1)});
    }
    std::vector<bool> shown(cells.size(), false);
    shown[options.cell] = true;
    scenario::solve(scenario, shown, {});
    if (!options.display.json && !options.display.csv) tell_notes(scenario);
    const design::Design& design = cells[options.cell].design;
    engine::Replayer replayer(design, key_of_cell(scenario, options.cell));
    for (std::int64_t i = 0; i < options.count; ++i) {
        const auto trial = replayer.replay(options.replicate + i);
        const files::ReplayedReplicate replayed{
            options.cell, options.replicate + i, design, trial.table, trial.women, trial.findings};
        if (options.display.json) {
            print(options.count == 1 ? files::replay_to_json(replayed)
                                     : files::replay_to_json_line(replayed));
        } else if (options.display.csv) {
            if (i == 0) print(files::replay_csv_header(replayed));
            print(files::replay_to_csv(replayed));
        } else {
            print(files::replay_to_text(replayed, text_options()));
        }
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
