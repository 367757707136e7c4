#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::commands {

/// The replicates of each cell that results files hold, from their ledgers. A file that is `own`,
/// the output, holds nothing elsewhere. Throws files::FileError or scenario::InputErrors with all
/// files that cannot be read or are not of this scenario and seed, as merge would.
std::vector<tally::ReplicateRanges> held_elsewhere(const std::vector<std::string>& paths,
                                                   const scenario::Scenario& scenario,
                                                   const std::filesystem::path& own);

/// Throws scenario::InputErrors where stored results, those at `path`, have replicates that are
/// held elsewhere: merge would refuse the two.
void require_disjoint(const summary::Results& stored,
                      const std::vector<tally::ReplicateRanges>& elsewhere,
                      const std::filesystem::path& path);

}  // namespace rsasim::commands
