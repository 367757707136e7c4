#include <rsasim/analysis/truth.hpp>
namespace rsasim::analysis {
design::PatientModel calibrated(design::PatientModel model, const TargetRates&) {
    return model;
}
design::PatientTruth truth_of(const design::PatientModel&, design::ArmSizes,
                              const design::PatientPlan&) {
    return {};
}
}  // namespace rsasim::analysis
