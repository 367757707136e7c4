#pragma once

#include <memory>
#include <span>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::analysis {

using PatientChoices = std::span<const design::PatientChoice>;

/// The factories of prepare_family, one per family: the choices are known, belong to the family and
/// have options in range.
std::unique_ptr<PatientAnalysis> prepare_maximum_likelihood(PatientChoices choices,
                                                            const PatientSetting& setting);
std::unique_ptr<PatientAnalysis> prepare_firth(PatientChoices choices,
                                               const PatientSetting& setting);
std::unique_ptr<PatientAnalysis> prepare_table(PatientChoices choices,
                                               const PatientSetting& setting);
std::unique_ptr<PatientAnalysis> prepare_mantel_haenszel(PatientChoices choices,
                                                         const PatientSetting& setting);
std::unique_ptr<PatientAnalysis> prepare_exact_conditional(PatientChoices choices,
                                                           const PatientSetting& setting);
std::unique_ptr<PatientAnalysis> prepare_biomarker(PatientChoices choices,
                                                   const PatientSetting& setting);

}  // namespace rsasim::analysis
