#pragma once

#include "settings.hpp"

#include <string>
#include <vector>

#include <rsasim/design/grid.hpp>

namespace rsasim::scenario {

/// What the user should know although nothing is wrong: one-sided levels are used as given, totals
/// that the ratio does not divide, what becomes of designs with too many tables, and truths that
/// are known less well than the replicates ask.
std::vector<std::string> notes_on(const Settings& settings, const design::Grid& grid);

}  // namespace rsasim::scenario
