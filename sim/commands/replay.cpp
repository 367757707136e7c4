#include "cell_key.hpp"
#include "console.hpp"
#include "input.hpp"
#include "options.hpp"

#include <fmt/format.h>

#include <rsasim/engine/replay.hpp>
#include <rsasim/files/replay_text.hpp>

namespace rsasim::commands {

ExitStatus replay(const ReplayOptions& options) {
    const auto scenario = read_input(options.input, options.display.json || options.display.csv);
    const auto& cells = scenario.grid.cells;
    if (options.cell >= cells.size()) {
        throw scenario::InputErrors(
            {fmt::format("--cell {}: the scenario has the cells 0 to {}. List them: rsasim check.",
                         options.cell, cells.size() - 1)});
    }
    const design::Design& design = cells[options.cell].design;
    const auto trial =
        engine::replay(design, key_of_cell(scenario, options.cell), options.replicate);
    const files::ReplayedReplicate replayed{options.cell, options.replicate, design,
                                            trial.table,  trial.women,       trial.findings};
    if (options.display.json) {
        print(files::replay_to_json(replayed));
    } else if (options.display.csv) {
        print(files::replay_to_csv(replayed));
    } else {
        print(files::replay_to_text(replayed, text_options()));
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
