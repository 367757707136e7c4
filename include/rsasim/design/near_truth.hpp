#pragma once

#include <rsasim/design/effect.hpp>

namespace rsasim::design {

/// How near a truth comes to a hypothesis that it satisfies, relative to max(|hypothesis|, 1):
/// rates come from effects, effects from rates, and at patient level both from integrals and roots.
inline constexpr double truth_slack = 1e-9;

/// True where a truth lies above a value by more than the slack. NaN does not.
bool is_above(double truth, double value);

/// True where a truth is no effect, within the slack. NaN is not.
bool is_no_effect(Measure measure, double truth);

/// True where the arms have the same rate: equal, or an odds ratio within the slack of 1.
bool are_equal(const Rates& rates);

}  // namespace rsasim::design
