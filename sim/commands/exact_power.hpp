#pragma once

#include <cstddef>

#include <rsasim/design/design.hpp>
#include <rsasim/summary/patient_summary.hpp>

namespace rsasim::commands {

/// The exact power of one test of the plan for a patient-level design whose table is two
/// independent binomials given the arm sizes: enumeration, mixed over the sizes that the allocation
/// gives. Its standard error is what the integration of the marginal rates leaves, by a difference
/// quotient.
summary::ControlTest exact_control(const design::Design& design, std::size_t test);

}  // namespace rsasim::commands
