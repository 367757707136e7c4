#include "assemble.hpp"
#include "console.hpp"
#include "input_files.hpp"
#include "merged_totals.hpp"
#include "on_threads.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "same_sweep.hpp"
#include "signals.hpp"
#include "solving.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/results_file.hpp>
#include <rsasim/files/stored_state.hpp>

namespace rsasim::commands {
namespace {

/// Gaps that a message tells of.
constexpr std::size_t most_gaps = 5;

double seconds_of(const std::string& text) {
    return text.empty() ? 0 : std::strtod(text.c_str(), nullptr);
}

/// The files that a file is made of: itself, or those it was merged from.
std::vector<summary::MergedShard> shards_of(const std::string& path,
                                            const files::StoredState& state) {
    const auto& provenance = state.provenance;
    if (!provenance.shards.empty()) return provenance.shards;
    const auto text = [&](const char* name) { return attribute_of(provenance, name); };
    return {{path, state.image_sha256, text("shard"), text("host"), text("start"), text("end"),
             seconds_of(text("cpu_seconds"))}};
}

/// Takes files one after the other and keeps their sum.
class Merger {
  public:
    /// Throws where the file does not fit; nothing of it is kept then.
    void add(const std::string& path) {
        auto state = files::read_stored_state(path, tell);
        refuse_twin(path, state);
        if (sweep_) {
            sweep_->require(path, state);
        } else {
            SameSweep sweep(path, state);
            totals_.emplace(sweep.scenario());
            sweep_.emplace(std::move(sweep));
        }
        refuse_common(path, state);
        auto shards = shards_of(path, state);
        auto sha256 = state.image_sha256;
        totals_->add(path, std::move(state));
        path_of_.emplace(std::move(sha256), path);
        paths_.push_back(path);
        std::ranges::move(shards, std::back_inserter(shards_));
    }

    [[nodiscard]] std::size_t files() const { return paths_.size(); }
    [[nodiscard]] const scenario::Scenario& scenario() const { return sweep_->scenario(); }
    [[nodiscard]] const std::vector<engine::CellTotals>& totals() const {
        return totals_->totals();
    }
    std::vector<engine::CellTotals> take_totals() { return totals_->take(); }
    std::vector<summary::MergedShard> take_shards() { return std::move(shards_); }

  private:
    void refuse_twin(const std::string& path, const files::StoredState& state) const {
        const auto twin = path_of_.find(state.image_sha256);
        if (twin == path_of_.end()) return;
        throw scenario::InputErrors({fmt::format(
            "{}: is the same as {}, byte for byte. Name it once.", path, twin->second)});
    }

    void refuse_common(const std::string& path, const files::StoredState& state) const {
        const auto common = totals_->first_common(state);
        if (!common) return;
        const auto& [first, last] = common->replicates;
        throw scenario::InputErrors({fmt::format(
            "{}: holds replicates {} to {} of cell {}, which {} holds too. Each may be counted "
            "once: leave one of the two files out.",
            path, first, last - 1, common->cell, holder_of(*common))});
    }

    /// The earlier file with a replicate. The ledgers are read again: to keep them would take
    /// memory for each file, and this ends the merge.
    [[nodiscard]] std::string holder_of(const CellRange& range) const {
        for (const auto& path : paths_) {
            for (const auto& cell : files::read_stored_state(path).cells) {
                if (cell.cell != range.cell) continue;
                for (const auto& [first, last] : cell.finished) {
                    if (first <= range.replicates.first && range.replicates.first < last)
                        return path;
                }
            }
        }
        return "an earlier file";
    }

    std::optional<SameSweep> sweep_;
    std::optional<MergedTotals> totals_;
    std::map<std::string, std::string> path_of_;  ///< by SHA-256 of the image
    std::vector<std::string> paths_;
    std::vector<summary::MergedShard> shards_;
};

/// On a stop before anything is written; other threads are at work.
[[noreturn]] void leave(const std::string& cause) {
    tell(fmt::format("stopped by {}: nothing is written. The same command merges the files.",
                     cause));
    _exit(static_cast<int>(ExitStatus::stopped));
}

/// What is wrong about the whole of the files.
void check_ranges(const Merger& merger, bool allows_gaps) {
    std::string gaps;
    std::size_t cells_with_gaps = 0;
    std::int64_t missing = 0;
    for (std::size_t i = 0; i < merger.totals().size(); ++i) {
        const std::int64_t requested = merger.scenario().grid.cells[i].replicates;
        const auto& finished = merger.totals()[i].finished;
        if (!finished.empty() && finished.back().last > requested) {
            throw scenario::InputErrors({fmt::format(
                "cell {} has replicates up to {}, and its scenario has {}. A file states fewer "
                "replicates than it holds: simulate it anew: rsasim run.",
                i, finished.back().last, requested)});
        }
        const auto left = tally::without({{0, requested}}, finished);
        missing += tally::replicates_in(left);
        if (left.empty() || ++cells_with_gaps > most_gaps) continue;
        gaps += fmt::format("\n  cell {}: {} to {}{}", i, left.front().first, left.front().last - 1,
                            left.size() > 1 ? " and more" : "");
    }
    if (missing == 0 || allows_gaps) return;
    throw scenario::InputErrors({fmt::format(
        "{} replicates of {} cell{} are in none of the {} file{}:{}{}\nSimulate them (rsasim "
        "status "
        "FILES lists the missing tasks), or write what is there as incomplete: "
        "--allow-incomplete.",
        missing, cells_with_gaps, cells_with_gaps == 1 ? "" : "s", merger.files(),
        merger.files() == 1 ? "" : "s", gaps, cells_with_gaps > most_gaps ? "\n  ..." : "")});
}

}  // namespace

ExitStatus merge(const MergeOptions& options) {
    const Recorder recorder(options.command_line);
    StopWatcher watcher({}, [](const std::string& cause) { leave(cause); });
    const std::shared_ptr lock = claim_and_lock_output(options.output, options.force);
    watcher.react_with([lock](const std::string& cause) {
        lock->release();
        leave(cause);
    });
    Merger merger;
    InputFiles inputs(options.skip_bad ? InputFiles::BadFiles::leave_out
                                       : InputFiles::BadFiles::refuse);
    inputs.for_each(options.paths, [&](const std::string& path) { merger.add(path); });
    if (merger.files() == 0) {
        throw scenario::InputErrors({"none of the files can be merged, so nothing was written."});
    }
    check_ranges(merger, options.allow_incomplete);

    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    // Cells of an incomplete result may have no replicate, and a model that cannot be.
    auto scenario = merger.scenario();
    std::vector<bool> judged;
    for (const auto& cell : merger.totals())
        judged.push_back(!cell.finished.empty());
    solve_models(scenario, judged, threads, !options.quiet);
    auto results = assemble_simulation(scenario, merger.take_totals(), threads);
    results.provenance = recorder.record(scenario, threads);
    results.provenance.shards = merger.take_shards();
    watcher.react_with({});  // writing takes seconds, and is not left half done
    lock->confirm();
    files::write_results(results, options.output, on_threads(threads));
    lock->release();
    if (!options.quiet) {
        tell(fmt::format("{} written in {}: {} file{} merged, {}.", options.output,
                         duration_text(recorder.elapsed_seconds()), merger.files(),
                         merger.files() == 1 ? "" : "s",
                         results.is_complete ? "complete" : "incomplete"));
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
