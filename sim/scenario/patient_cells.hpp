#pragma once

#include "arms.hpp"
#include "cell_values.hpp"
#include "faults.hpp"

#include <memory>
#include <vector>

#include <rsasim/design/patient_model.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::scenario {

/// The women of one cell as the scenario describes them, before anything is solved for. Cells share
/// what is alike: one pointer, one model or plan.
struct PatientCell {
    std::shared_ptr<const design::PatientModel> model;
    std::shared_ptr<const design::PatientPlan> plan;
};

/// Reads the women of every cell. `methods` has the methods and their multiplicity. What cannot be
/// is a fault, of the first cells that have it.
std::vector<PatientCell> read_patient_cells(const CellValues& values, const std::vector<Arms>& arms,
                                            const design::PatientPlan& methods, Faults& faults);

/// Schemes that cannot allot the arms are faults. The cells are without fault so far.
void check_schemes(const CellValues& values, const std::vector<Arms>& arms,
                   const std::vector<PatientCell>& cells, Faults& faults);

}  // namespace rsasim::scenario
