#pragma once

#include <cstdint>
#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::files {

/// What a run is expected to need on this machine.
struct ExpectedCost {
    std::int64_t replicates = 0;  ///< over all cells
    unsigned threads = 1;
    double seconds = 0;
    double memory_bytes = 0;
    double file_bytes = 0;
};

/// The grid, what each cell's design implies on every scale, and the expected cost.
std::string check_to_text(const scenario::Scenario& scenario, const ExpectedCost& cost);

/// The same as JSON, every cell of it: schema rsasim.check/1.
std::string check_to_json(const scenario::Scenario& scenario, const ExpectedCost& cost);

}  // namespace rsasim::files
