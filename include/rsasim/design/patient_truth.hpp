#pragma once

#include <limits>
#include <vector>

#include <rsasim/design/effect.hpp>

namespace rsasim::design {

/// A number found by integration, and the standard error of its quasi-Monte Carlo part (0 where it
/// was found by quadrature or sums).
struct TrueValue {
    double value = std::numeric_limits<double>::quiet_NaN();
    double standard_error = 0;
};

/// What the analyses of a patient-level design estimate.
struct PatientTruth {
    Rates rates;  ///< that the arms of the 2x2 table have
    double rates_standard_error = 0;
    double eligible = 1;             ///< share of all women
    std::vector<TrueValue> methods;  ///< one per method of the plan, on the measure's own scale
};

}  // namespace rsasim::design
