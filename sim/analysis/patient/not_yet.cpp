#include "families.hpp"

#include <stdexcept>

namespace rsasim::analysis {

std::unique_ptr<PatientAnalysis> prepare_table(PatientChoices, const PatientSetting&) {
    throw std::logic_error("the family of the unadjusted odds ratio is not there yet");
}

std::unique_ptr<PatientAnalysis> prepare_mantel_haenszel(PatientChoices, const PatientSetting&) {
    throw std::logic_error("the Mantel-Haenszel family is not there yet");
}

std::unique_ptr<PatientAnalysis> prepare_exact_conditional(PatientChoices, const PatientSetting&) {
    throw std::logic_error("the exact conditional family is not there yet");
}

std::unique_ptr<PatientAnalysis> prepare_biomarker(PatientChoices, const PatientSetting&) {
    throw std::logic_error("the biomarker family is not there yet");
}

}  // namespace rsasim::analysis
