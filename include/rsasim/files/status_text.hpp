#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rsasim/files/results_text.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::files {

struct FileDigest {
    std::string file;
    std::string sha256;
    bool is_complete = false;
};

/// Schema rsasim.digest/1.
std::string digests_to_json(const std::vector<FileDigest>& digests);

/// What of a cell is done.
struct CellStatus {
    std::vector<std::pair<std::string, std::string>> swept;  ///< names and values
    std::int64_t requested = 0;
    std::int64_t done = 0;
    tally::ReplicateRanges missing;
};

/// What of a sweep is done, in files together.
struct SweepStatus {
    std::string title;
    std::size_t files = 0;
    std::vector<CellStatus> cells;
    std::optional<std::int64_t> shards;       ///< parts that the work is cut into, where known
    std::vector<std::int64_t> missing_tasks;  ///< parts with missing replicates, sorted
    std::vector<std::string> except;          ///< files of which those parts would do a part again
};

/// The command line that goes on where the recorded one stopped: with --resume, without --force.
std::string command_to_resume(std::string recorded);

/// "1,4-7": whole numbers as Slurm's --array takes them.
std::string array_list(const std::vector<std::int64_t>& sorted);

/// A table of the cells, those with missing replicates alone where there are many, and what is
/// missing as an --array= list.
std::string status_to_text(const SweepStatus& status, const TextOptions& options);

/// Schema rsasim.status/1.
std::string status_to_json(const SweepStatus& status);

}  // namespace rsasim::files
