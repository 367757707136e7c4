#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::analysis {

struct Coefficient {
    double estimate = not_a_number;  ///< on the log-odds scale
    double standard_error = not_a_number;
};

/// A logistic regression's coefficients: intercept, arm, adjusting features. Empty unless the
/// status is `ok`.
struct Coefficients {
    Status status = Status::undefined;
    std::vector<Coefficient> values;
};

/// The coefficients behind the methods of a family, maximum_likelihood or firth, for one lane of
/// the columns; standard errors from the inverse information at the estimate. For showing one data
/// set: it allocates. Tested against R's glm and logistf.
Coefficients coefficients_of(PatientFamily family, const design::PatientColumns& columns,
                             std::size_t lane);

}  // namespace rsasim::analysis
