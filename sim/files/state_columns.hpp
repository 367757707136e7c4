#pragma once

#include "hdf5_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <rsasim/files/stored_state.hpp>

namespace rsasim::files {

/// The datasets of /tables and /state as they are in a file.
struct StateColumns {
    std::vector<std::int32_t> cell, x_treated, n_treated, x_control, n_control;
    std::vector<std::int64_t> count;  ///< of a simulation
    std::vector<double> probability;  ///< of an enumeration
    std::vector<std::int32_t> ledger_cell;
    std::vector<std::int64_t> first, last;
    std::vector<std::string> tests;  ///< with rejections, at patient level
    std::vector<std::int64_t> pilot_count, rejections, pilot_rejections;
    bool has_patients = false;             ///< more is kept than tables
    std::vector<std::int64_t> words_cell;  ///< the cells that have words
    std::vector<std::int64_t> words;
    std::size_t words_each = 0;       ///< for each of them
    bool has_untabled_cells = false;  ///< cells may have replicates and words, and no tables
    std::string results_sha256;       ///< of these integers (see results_digest)
};

/// Throws hdf5::Error where a dataset is missing, or has another type or shape than the layout
/// says. The numbers are not looked at, beyond taking their digest.
StateColumns read_columns(const hdf5::Reader& file, const FileIdentity& identity);

}  // namespace rsasim::files
