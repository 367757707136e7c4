#pragma once

#include <vector>

#include <rsasim/design/table.hpp>

namespace rsasim::engine {

/// The distinct tables of some sorted lists, sorted.
std::vector<design::Table2x2> union_of_tables(
    const std::vector<const std::vector<design::Table2x2>*>& lists);

}  // namespace rsasim::engine
