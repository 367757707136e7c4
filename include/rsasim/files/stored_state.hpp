#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include <rsasim/files/results_file.hpp>
#include <rsasim/summary/results.hpp>
#include <rsasim/tally/replicate_ranges.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::files {

/// What a results file says of where its integers came from, all of it in root attributes.
struct FileIdentity {
    std::array<std::int64_t, 2> format{};
    summary::Engine engine = summary::Engine::simulation;
    std::uint64_t seed = 0;
    std::string rng;
    std::string scenario_sha256;
    std::string results_sha256;  ///< as stated
    bool is_complete = false;
    std::int64_t replicates_requested = 0;
};

/// The integers of one cell (under enumeration its probabilities).
struct StoredCell {
    std::size_t cell = 0;
    std::variant<tally::TableCounts, tally::TableProbabilities> tables;
    tally::ReplicateRanges finished;
    std::vector<std::int64_t> patient_words, pilot, rejections, pilot_rejections;
};

/// What can be merged, and what tells whether it may be: nothing that is derived.
struct StoredState {
    FileIdentity identity;          ///< results_sha256 has been worked out anew and agrees
    std::vector<StoredCell> cells;  ///< those with replicates, or probabilities, in order
    std::vector<std::string> rejection_labels;
    summary::Provenance provenance;
    std::string image_sha256;  ///< of the file's HDF5 image
};

/// Reads the root attributes, /tables, /state and /provenance alone, after the same checks as
/// read_results, so that it is quick and takes files without derived datasets. Throws FileError.
StoredState read_stored_state(const std::filesystem::path& path, const Notice& notice = {});

}  // namespace rsasim::files
