#include "families.hpp"

#include <stdexcept>

namespace rsasim::analysis {

std::unique_ptr<PatientAnalysis> prepare_firth(PatientChoices, const PatientSetting&) {
    throw std::logic_error("Firth's regression is not there yet");
}

}  // namespace rsasim::analysis
