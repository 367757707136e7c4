#include "run_output.hpp"

#include "console.hpp"
#include "output_path.hpp"
#include "same_work.hpp"
#include "work.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include <rsasim/files/results_file.hpp>
#include <rsasim/summary/precision.hpp>

namespace rsasim::commands {
namespace {

namespace fs = std::filesystem;

/// Tells one content of a file from another: results files are replaced, never rewritten.
struct Stamp {
    bool exists = false;
    ino_t inode = 0;
    off_t size = 0;
    std::int64_t seconds = 0, nanoseconds = 0;

    bool operator==(const Stamp&) const = default;

    static Stamp of(const fs::path& path) {
        struct stat found {};
        if (stat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return {};
        return {true, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
    }
};

/// The file that is there, where it matters what it holds.
struct Found {
    Stamp stamp;
    std::optional<summary::Results> stored;
    bool is_finished = false;  ///< it holds all that is wanted
};

/// Every cell has the precision, or as many replicates as it may have.
bool is_precise(const scenario::Scenario& scenario, const summary::Results& stored) {
    if (!stored.is_complete) return false;
    for (std::size_t i = 0; i < stored.cells.size(); ++i) {
        const auto& cell = stored.cells[i];
        if (cell.replicates < scenario.grid.cells[i].replicates &&
            summary::largest_error(cell.summary, cell.replicates) > *scenario.precision) {
            return false;
        }
    }
    return true;
}

bool holds_all(const WantedOutput& wanted, const summary::Results& stored) {
    if (wanted.scenario.precision) return is_precise(wanted.scenario, stored);
    return (wanted.is_part || stored.is_complete) &&
           replicates_in(remaining_ranges(wanted.ranges, stored)) == 0;
}

Found look_for_resume(const WantedOutput& wanted) {
    Found found{Stamp::of(wanted.path), {}, false};
    if (!found.stamp.exists) return found;
    found.stored = files::read_results(wanted.path, tell);
    const bool is_of_cells = found.stored->cells.size() == wanted.scenario.grid.cells.size();
    found.is_finished = is_of_cells && holds_all(wanted, *found.stored);
    require_same_work(*found.stored, wanted.scenario, wanted.path,
                      found.is_finished ? StoredWork::finished : StoredWork::unfinished);
    return found;
}

/// Of an unfinished run, how much of it is there; empty for any other file.
std::string unfinished_part(const fs::path& path) {
    try {
        const auto stored = files::read_results(path);
        if (stored.is_complete) return "";
        std::int64_t done = 0;
        for (const auto& cell : stored.cells)
            done += cell.replicates;
        return fmt::format("{} replicates of an unfinished run or a shard", done);
    } catch (const files::FileError&) {
        return "";
    }
}

Found look_for_new(const WantedOutput& wanted) {
    Found found{Stamp::of(wanted.path), {}, false};
    if (found.stamp.exists && unfinished_part(wanted.path).empty())
        claim_output(wanted.path, wanted.existing == Existing::replace);
    return found;
}

void refuse_unfinished(const fs::path& path) {
    throw files::FileError(
        fmt::format("{}: holds {} and was left as it is. Go on with it by --resume, or start anew "
                    "with --force.",
                    path.string(), unfinished_part(path)));
}

}  // namespace

RunOutput claim_run_output(const WantedOutput& wanted, const std::function<void()>& before_lock) {
    const auto look = [&] {
        if (wanted.existing == Existing::replace) return Found{Stamp::of(wanted.path), {}, false};
        return wanted.existing == Existing::resume ? look_for_resume(wanted) : look_for_new(wanted);
    };
    Found found = look();
    RunOutput output;
    if (found.is_finished) {
        files::remove_stale_lock(
            wanted.path);  // of a process that was killed after its last writing
    } else {
        files::check_writable(wanted.path);
        before_lock();
        output.lock = std::make_unique<files::OutputLock>(wanted.path);
        if (output.lock->was_left_over()) files::remove_leftovers(wanted.path);
        // Another process may have written and gone while this one looked.
        if (Stamp::of(wanted.path) != found.stamp) found = look();
    }
    if (wanted.existing == Existing::refuse && found.stamp.exists) refuse_unfinished(wanted.path);
    output.is_finished = found.is_finished;
    output.stored = std::move(found.stored);
    return output;
}

}  // namespace rsasim::commands
