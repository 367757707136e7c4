#pragma once

#include "cell_reader.hpp"
#include "conditions.hpp"

#include <string>
#include <vector>

#include <rsasim/analysis/truth.hpp>
#include <rsasim/design/pathway.hpp>

namespace rsasim::scenario {

/// The stages of a cell, and those that are solved for so that the marginal rates are met.
struct Pathway {
    std::vector<design::Stage> stages;
    std::size_t free_base_rate = 0;   ///< its intercept is solved for where a control rate is given
    std::size_t free_odds_ratio = 0;  ///< its treatment where a treated rate is given
};

/// Without a [[stage]] one stage, named after the outcome. Stages that neither have what they need
/// nor are solved for, and those of which too much is given, are faults.
Pathway read_pathway(const CellReader& cell, const std::vector<CovariateEntry>& covariates);

std::vector<design::Biomarker> read_biomarkers(const CellReader& cell,
                                               const std::vector<CovariateEntry>& covariates);

/// The log odds of features below "stage.conception.effects.", in an order that does not depend on
/// where they are written.
std::vector<design::Term> read_terms(const CellReader& cell, std::string_view prefix,
                                     const std::vector<CovariateEntry>& covariates);

}  // namespace rsasim::scenario
