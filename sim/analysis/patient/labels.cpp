#include <stdexcept>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::analysis {
namespace {

const PatientRow& row_of(const design::PatientChoice& choice) {
    const PatientRow* row = find_patient_method(choice.id, choice.measure);
    if (row == nullptr) throw std::invalid_argument("unknown patient-level method " + choice.id);
    return *row;
}

}  // namespace

std::string test_label(const design::PatientChoice& choice) {
    return std::string(row_of(choice).test_id) + choice.label.substr(choice.id.size());
}

std::string measured_label(const design::PatientChoice& choice) {
    if (!choice.measure) return test_label(choice);
    return std::string(design::name_of(*choice.measure)) + ":" + choice.label;
}

}  // namespace rsasim::analysis
