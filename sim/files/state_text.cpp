#include "state_text.hpp"

#include "layout.hpp"
#include "number_text.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/files/status_text.hpp>

namespace rsasim::files {
namespace {

struct Work {
    std::int64_t done = 0;
    std::int64_t wanted = 0;
    std::size_t begun = 0;  ///< cells
    std::size_t ended = 0;
};

Work work_of(const summary::Results& results) {
    Work work;
    for (const auto& cell : results.cells) {
        work.done += cell.replicates;
        work.wanted += results.replicates_requested;
        work.begun += cell.replicates > 0 ? 1 : 0;
        work.ended += cell.replicates >= results.replicates_requested ? 1 : 0;
    }
    return work;
}

/// The cells that are begun and not finished, then those not begun, as far as there is room.
std::vector<std::size_t> cells_to_print(const summary::Results& results, std::size_t most) {
    std::vector<std::size_t> cells;
    for (const bool is_begun : {true, false}) {
        for (std::size_t i = 0; i < results.cells.size() && cells.size() < most; ++i) {
            const std::int64_t done = results.cells[i].replicates;
            if (done < results.replicates_requested && (done > 0) == is_begun) cells.push_back(i);
        }
    }
    std::ranges::sort(cells);
    return cells;
}

std::string cell_table(const summary::Results& results, const TextOptions& options) {
    const auto cells = cells_to_print(results, std::max<std::size_t>(options.most_cells, 1));
    if (cells.empty()) return "";
    TextTable table;
    table.add_column("cell", Align::right);
    table.add_column("finished", Align::right);
    table.add_column("missing", Align::right);
    table.add_column("finished replicates", Align::left, 1);
    for (const std::size_t i : cells) {
        const auto& cell = results.cells[i];
        table.add_row({fmt::format("{}", i), count_text(cell.replicates),
                       count_text(results.replicates_requested - cell.replicates),
                       ranges_text(cell.finished)});
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", table.render({width, 2, options.use_colour}).text);
}

/// What the provenance says under a name; empty where it says nothing.
std::string recorded(const summary::Results& results, std::string_view name) {
    const auto& attributes = results.provenance.attributes;
    const auto found =
        std::ranges::find(attributes, name, &std::pair<std::string, std::string>::first);
    return found == attributes.end() ? "" : found->second;
}

/// How to go on with a checkpoint, or with a shard, of which only the scenario knows its end.
std::string way_on(const summary::Results& results) {
    const auto line = recorded(results, "command_line");
    const auto command = line.empty() ? "" : fmt::format(": {}", command_to_resume(line));
    return recorded(results, "shard").empty()
               ? fmt::format("To go on, the same command with --resume{}", command)
               : fmt::format(
                     "To go on, unless the shard has its part already, the same command "
                     "with --resume{}",
                     command);
}

}  // namespace

std::string state_to_text(const summary::Results& results, const TextOptions& options) {
    const Work work = work_of(results);
    const double percent =
        work.wanted > 0 ? 100 * static_cast<double>(work.done) / static_cast<double>(work.wanted)
                        : 100;
    const auto cells = static_cast<std::int64_t>(results.cells.size());
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    const bool is_all_there = work.ended == results.cells.size();
    std::string text = wrapped(
        fmt::format("A checkpoint or a shard: {} of {} replicates are finished ({:.1f} %); of {} "
                    "cell{}, {} are begun and {} are finished. Operating characteristics are not "
                    "worked out yet.",
                    count_text(work.done), count_text(work.wanted), percent, count_text(cells),
                    cells == 1 ? "" : "s", count_text(static_cast<std::int64_t>(work.begun)),
                    count_text(static_cast<std::int64_t>(work.ended))),
        width, 2);
    if (!is_all_there) text += cell_table(results, options);
    const auto add = [&](const std::string& line) { text += wrapped(line, width, 2); };
    text += '\n';
    add(way_on(results));
    add("To put the shards of one scenario together: rsasim merge -o all.h5 SHARDS");
    if (work.begun == results.cells.size())
        add("To judge the finished replicates alone: rsasim judge FILE");
    return text;
}

}  // namespace rsasim::files
