#pragma once

#include <span>
#include <vector>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// The integers and labels of a simulation, without summaries: what a checkpoint or a shard holds.
/// Provenance is left to the caller. `totals` has one entry per cell and is moved from.
summary::Results gather_simulation(const scenario::Scenario& scenario,
                                   std::vector<engine::CellTotals> totals);

/// Judges every distinct table and summarises every cell of gathered results. Until it is done it
/// changes nothing but the cells' summaries, so that a checkpoint can be written meanwhile.
void derive_summaries(const scenario::Scenario& scenario, summary::Results& results,
                      unsigned threads);

/// Judges every distinct table, summarises every cell and puts the results together; provenance is
/// left to the caller. `totals` and `enumerations` are one per cell and are moved from.
summary::Results assemble_simulation(const scenario::Scenario& scenario,
                                     std::vector<engine::CellTotals> totals, unsigned threads);
summary::Results assemble_enumeration(const scenario::Scenario& scenario,
                                      std::vector<engine::Enumeration> enumerations,
                                      unsigned threads);

}  // namespace rsasim::commands
