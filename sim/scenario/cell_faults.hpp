#pragma once

#include "cell_values.hpp"
#include "faults.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace rsasim::scenario {

/// The first few distinct faults of the cells of a sweep, and the number of cells that have one.
class CellFaults {
  public:
    explicit CellFaults(std::size_t most_examples = 3) : most_examples_(most_examples) {}

    /// Cells come in their order; one may have several faults.
    void add(std::size_t cell, const Place& place, std::string text);

    [[nodiscard]] bool has_any() const { return cells_ > 0; }

    void report(const CellValues& values, Faults& faults) const;

  private:
    struct Example {
        std::size_t cell = 0;
        Place place;
        std::string text;
    };
    std::size_t most_examples_;
    std::size_t cells_ = 0;
    std::size_t last_ = 0;
    std::size_t shown_cells_ = 0;
    std::set<std::string> seen_;
    std::vector<Example> examples_;
};

}  // namespace rsasim::scenario
