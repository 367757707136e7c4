#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <rsasim/design/design.hpp>

namespace rsasim::design {

/// The values one key takes along an axis, in the order given.
using AxisValues =
    std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>>;

/// One swept key.
struct SweptKey {
    std::string path;  ///< as in the scenario: "arms.odds_ratio"
    std::string name;  ///< as in the results: "odds_ratio", or the path with _ on a clash
    AxisValues values;
};

/// One axis of the sweep: a single key, or several zipped keys that move together.
struct Axis {
    std::string name;  ///< the key's name; "zip", "zip_2", ... where keys are zipped
    std::vector<SweptKey> keys;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool is_zipped() const { return keys.size() > 1; }
};

/// One cell of the grid.
struct Cell {
    Design design;
    std::int64_t replicates = 0;
};

/// All cells of a sweep; one cell and no axis where nothing is swept. The cells are in row-major
/// order: the last axis moves fastest.
struct Grid {
    std::vector<Axis> axes;
    std::vector<Cell> cells;

    /// Where the cell lies on each axis.
    [[nodiscard]] std::vector<std::size_t> position_of(std::size_t cell) const;
};

}  // namespace rsasim::design
