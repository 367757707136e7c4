#pragma once

#include "arms.hpp"
#include "cell_values.hpp"
#include "faults.hpp"

#include <functional>
#include <string>
#include <vector>

#include <rsasim/analysis/truth.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/patient_model.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::scenario {

/// The women of one cell as the scenario describes them, before anything is solved for.
struct PatientCell {
    design::PatientModel model;
    std::vector<analysis::TargetRates> targets;  ///< to be met one after the other
    design::PatientPlan plan;
    std::string plan_text;  ///< what of the plan may differ between cells
};

/// Reads the women of every cell. `methods` has the methods and their multiplicity. What cannot be
/// is a fault, of the first cells that have it.
std::vector<PatientCell> read_patient_cells(const CellValues& values, const std::vector<Arms>& arms,
                                            const design::PatientPlan& methods, Faults& faults);

/// Where truths come from: the module analysis, or something quicker in tests.
struct TruthSource {
    std::function<design::PatientModel(design::PatientModel, const analysis::TargetRates&)>
        calibrated = analysis::calibrated;
    std::function<design::PatientTruth(const design::PatientModel&, design::ArmSizes,
                                       const design::PatientPlan&)>
        truth_of = analysis::truth_of;
};

/// Solves for what the marginal rates leave open and integrates the truths. Cells of one model,
/// plan and ratio share both. Models that cannot be are faults.
std::vector<design::Patients> solve_patients(const CellValues& values,
                                             const std::vector<Arms>& arms,
                                             const std::vector<PatientCell>& cells,
                                             const TruthSource& source, Faults& faults);

}  // namespace rsasim::scenario
