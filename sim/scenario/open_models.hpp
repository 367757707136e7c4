#pragma once

#include "arms.hpp"
#include "patient_cells.hpp"
#include "settings.hpp"
#include "vocabulary.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <rsasim/analysis/truth.hpp>
#include <rsasim/design/grid.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {

/// Where truths come from: the module analysis, or something quicker in tests.
struct TruthSource {
    std::function<design::PatientModel(design::PatientModel)> calibrated = analysis::calibrated;
    std::function<design::PatientTruth(const design::PatientModel&, design::ArmSizes,
                                       const design::PatientPlan&)>
        truth_of = analysis::truth_of;
};

/// The settings of a scenario and what they say of the women of each cell: models that cannot be
/// are found when they are solved for, and told with their place in the file.
class OpenModels {
  public:
    explicit OpenModels(std::string name) : source(std::move(name)) {}

    std::string source;  ///< the name of the input, as it appears in messages
    Vocabulary vocabulary;
    Settings settings{vocabulary};
    std::vector<PatientCell> cells;
};

/// Puts models and truths into the wanted cells of a described grid. Throws InputErrors.
void solve_cells(const OpenModels& open, const std::vector<bool>& wanted, const Solving& how,
                 const TruthSource& source, design::Grid& grid);

}  // namespace rsasim::scenario
