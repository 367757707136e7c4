#pragma once

#include "hdf5_reader.hpp"
#include "state_columns.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <rsasim/files/stored_state.hpp>

namespace rsasim::files {

/// The groups /tables and /state of a file.
struct StateOfFile {
    std::vector<StoredCell> cells;  ///< those with replicates, in order
    std::vector<std::string> rejection_labels;
    bool has_untabled_cells = false;
    std::string results_sha256;  ///< worked out from what was read
};

/// Throws hdf5::Error where they break the rules of the layout: cells in order, rows sorted and
/// distinct, events within arms, ranges sorted and disjoint, words of the cells that have ranges
/// where there are any, as many tables in each cell as its ranges have replicates (where cells may
/// be without tables, as many trials in the first of its words), no more rejections than tables.
/// The columns have lengths that fit.
StateOfFile check_state(const StateColumns& columns, summary::Engine engine);

/// The same of a file, which must also have the digest that it states.
StateOfFile read_state(const hdf5::Reader& file, const FileIdentity& identity);

}  // namespace rsasim::files
