#pragma once

#include "options.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <rsasim/files/output_lock.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::commands {

/// What a run may do with a file that is there.
enum class Existing { refuse, replace, resume };

/// What a run is about to write, and where.
struct WantedOutput {
    std::filesystem::path path;
    Existing existing = Existing::refuse;
    const scenario::Scenario& scenario;
    const std::vector<tally::ReplicateRanges>& ranges;  ///< wanted of each cell
    bool is_part = false;                               ///< other files hold the rest
};

/// A run's output, once nobody else may write it.
struct RunOutput {
    std::unique_ptr<files::OutputLock> lock;  ///< none where the work is done already
    std::optional<summary::Results> stored;   ///< to go on from
    bool is_finished = false;                 ///< `stored` has all that is wanted
};

/// Looks at what is there and takes the lock. `before_lock` is called when all is known and
/// nothing has been changed on the disk. Throws files::FileError where a file may not be replaced,
/// another process writes it, or none can be made; scenario::InputErrors where a file is of other
/// work.
RunOutput claim_run_output(const WantedOutput& wanted, const std::function<void()>& before_lock);

}  // namespace rsasim::commands
