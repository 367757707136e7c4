#pragma once

#include "table/z_finding.hpp"

#include <cmath>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::analysis {

/// The value that the tests of a measure are against: the setting's null where it is on that
/// measure, else no effect.
inline double null_of(const PatientSetting& setting, design::Measure measure) {
    return setting.null.measure == measure ? setting.null.value : design::no_effect(measure);
}

/// Puts into `finding` the P-values of (log ratio - log null) / standard error.
inline void set_wald_test(Finding& finding, double null) {
    const double z = (std::log(finding.estimate) - std::log(null)) / finding.standard_error;
    const Finding test = z_finding(z, z);
    finding.statistic = test.statistic;
    finding.p_value = test.p_value;
}

}  // namespace rsasim::analysis
