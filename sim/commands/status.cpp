#include "console.hpp"
#include "input_files.hpp"
#include "options.hpp"
#include "same_sweep.hpp"
#include "work.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <rsasim/files/status_text.hpp>
#include <rsasim/files/stored_state.hpp>

namespace rsasim::commands {
namespace {

/// What one file has.
struct Ledger {
    std::string path;
    std::string part;  ///< "3/64"; empty where it is no shard
    std::vector<std::pair<std::size_t, tally::ReplicateRanges>> finished;  ///< by cell
};

/// The union of the finished replicates of files.
class FinishedParts {
  public:
    void add(const std::string& path) {
        const auto state = files::read_stored_state(path, tell);
        if (sweep_) {
            sweep_->require(path, state);
        } else {
            sweep_.emplace(path, state);
            finished_.resize(sweep_->scenario().grid.cells.size());
        }
        Ledger ledger{path, attribute_of(state.provenance, "shard"), {}};
        for (const auto& cell : state.cells) {
            add(path, cell);
            ledger.finished.emplace_back(cell.cell, cell.finished);
        }
        ledgers_.push_back(std::move(ledger));
        note_parts(state.provenance);
    }

    [[nodiscard]] const std::vector<Ledger>& ledgers() const { return ledgers_; }
    [[nodiscard]] const scenario::Scenario& scenario() const { return sweep_->scenario(); }
    [[nodiscard]] const std::vector<tally::ReplicateRanges>& finished() const { return finished_; }
    /// The number of parts that the files say the work was cut into, where they agree.
    [[nodiscard]] std::optional<std::string> parts() const {
        if (parts_.size() != 1) return {};
        return *parts_.begin();
    }

  private:
    void add(const std::string& path, const files::StoredCell& cell) {
        if (cell.cell >= finished_.size()) {
            throw scenario::InputErrors({fmt::format(
                "{}: has a cell {} that its scenario has not. Simulate it anew: rsasim run.", path,
                cell.cell)});
        }
        auto& finished = finished_[cell.cell];
        const auto fresh = tally::without(cell.finished, finished);
        if (fresh != cell.finished) {
            tell(
                fmt::format("note: {}: holds replicates of cell {} that an earlier file holds "
                            "too; merge takes one of the two alone.",
                            path, cell.cell));
        }
        for (const auto& range : fresh)
            tally::add_range(finished, range);
    }

    void note_parts(const summary::Provenance& provenance) {
        const auto note = [&](const std::string& part) {
            const auto slash = part.find('/');
            if (slash != std::string::npos) parts_.insert(part.substr(slash + 1));
        };
        note(attribute_of(provenance, "shard"));
        for (const auto& shard : provenance.shards)
            note(shard.part);
    }

    std::optional<SameSweep> sweep_;
    std::vector<Ledger> ledgers_;
    std::vector<tally::ReplicateRanges> finished_;
    std::set<std::string> parts_;
};

std::string value_text(const design::AxisValues& values, std::size_t step) {
    return std::visit(
        [&](const auto& list) -> std::string { return fmt::format("{}", list[step]); }, values);
}

files::CellStatus cell_status(const FinishedParts& parts, std::size_t i) {
    const auto& grid = parts.scenario().grid;
    files::CellStatus cell;
    const auto position = grid.position_of(i);
    for (std::size_t axis = 0; axis < grid.axes.size(); ++axis) {
        for (const auto& key : grid.axes[axis].keys)
            cell.swept.emplace_back(key.name, value_text(key.values, position[axis]));
    }
    cell.requested = grid.cells[i].replicates;
    cell.missing = tally::without({{0, cell.requested}}, parts.finished()[i]);
    cell.done = cell.requested - tally::replicates_in(cell.missing);
    return cell;
}

/// Into how many parts the work is cut: as asked for, else as the files say.
std::optional<std::int64_t> parts_of_work(const StatusOptions& options,
                                          const FinishedParts& found) {
    if (options.shards) return options.shards;
    const auto parts = found.parts();
    if (!parts) return {};
    return parse_shard("0/" + *parts).count;
}

/// The parts with a replicate that is not finished, and all replicates of each cell that are
/// theirs.
struct MissingTasks {
    std::vector<std::int64_t> tasks;
    std::vector<tally::ReplicateRanges> wanted;
};

MissingTasks missing_tasks(const FinishedParts& found, std::int64_t parts) {
    MissingTasks missing{{}, std::vector<tally::ReplicateRanges>(found.finished().size())};
    for (std::int64_t part = 0; part < parts; ++part) {
        const auto ranges = wanted_ranges(found.scenario(), engine::Shard{part, parts});
        if (replicates_in(without(ranges, found.finished())) == 0) continue;
        missing.tasks.push_back(part);
        for (std::size_t cell = 0; cell < ranges.size(); ++cell) {
            for (const auto& range : ranges[cell])
                tally::add_range(missing.wanted[cell], range);
        }
    }
    return missing;
}

/// The files with replicates that missing tasks would simulate again. A shard of the same cut has
/// none but its own task's, which goes on with it.
std::vector<std::string> files_to_except(const FinishedParts& found, const MissingTasks& missing,
                                         std::int64_t parts) {
    const auto is_hit = [&](const auto& cell_and_ranges) {
        const auto& [cell, finished] = cell_and_ranges;
        return tally::without(finished, missing.wanted[cell]) != finished;
    };
    std::vector<std::string> paths;
    for (const auto& ledger : found.ledgers()) {
        if (ledger.part.ends_with(fmt::format("/{}", parts))) continue;
        if (std::ranges::any_of(ledger.finished, is_hit)) paths.push_back(ledger.path);
    }
    return paths;
}

}  // namespace

ExitStatus status(const StatusOptions& options) {
    FinishedParts parts;
    InputFiles inputs(InputFiles::BadFiles::refuse);
    inputs.for_each(options.paths, [&](const std::string& path) { parts.add(path); });
    files::SweepStatus status;
    status.title = parts.scenario().title;
    status.files = parts.ledgers().size();
    for (std::size_t i = 0; i < parts.finished().size(); ++i)
        status.cells.push_back(cell_status(parts, i));
    status.shards = parts_of_work(options, parts);
    if (status.shards) {
        auto missing = missing_tasks(parts, *status.shards);
        status.except = files_to_except(parts, missing, *status.shards);
        status.missing_tasks = std::move(missing.tasks);
    }
    print(options.json ? files::status_to_json(status)
                       : files::status_to_text(status, text_options()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
