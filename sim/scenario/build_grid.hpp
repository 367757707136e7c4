#pragma once

#include "arms.hpp"
#include "cell_values.hpp"
#include "patient_cells.hpp"

#include <vector>

#include <rsasim/design/grid.hpp>

namespace rsasim::scenario {

/// The grid of a scenario without faults. Cells with the same analyses share one plan.
/// `methods` gives the lists; alpha, sides, confidence and direction come from the settings.
/// `women` is empty where the scenario gives counts; they are described, and nothing solved for.
design::Grid build_grid(const CellValues& values, const std::vector<Arms>& arms,
                        const design::AnalysisPlan& methods, const std::vector<PatientCell>& women);

}  // namespace rsasim::scenario
