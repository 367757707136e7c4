#include "families.hpp"

#include <stdexcept>

namespace rsasim::analysis {

std::unique_ptr<PatientAnalysis> prepare_maximum_likelihood(PatientChoices, const PatientSetting&) {
    throw std::logic_error("maximum likelihood is not there yet");
}

}  // namespace rsasim::analysis
