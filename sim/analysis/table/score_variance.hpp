#pragma once

#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

/// N / (N - 1), by which Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211, enlarge the
/// variance of a score. Arms of one woman each give 2.
inline double small_sample_factor(const design::Table2x2& table) {
    const auto total = static_cast<double>(table.total());
    return total / (total - 1);
}

}  // namespace rsasim::analysis
