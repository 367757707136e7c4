#pragma once

#include <span>
#include <vector>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Judges every distinct table, summarises every cell and puts the results together; provenance is
/// left to the caller. `totals` and `enumerations` are one per cell and are moved from.
summary::Results assemble_simulation(const scenario::Scenario& scenario,
                                     std::vector<engine::CellTotals> totals, unsigned threads);
summary::Results assemble_enumeration(const scenario::Scenario& scenario,
                                      std::vector<engine::Enumeration> enumerations,
                                      unsigned threads);

}  // namespace rsasim::commands
