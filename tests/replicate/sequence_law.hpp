#pragma once

#include <vector>

#include <rsasim/design/allocation.hpp>
#include <rsasim/design/design.hpp>

/// The probability of a whole sequence of arms (1 treated, 0 control) straight from the definition
/// of the scheme: by counting orders, colours or blocks. `levels`: [factor][woman].
double sequence_probability(const rsasim::design::Allocation& allocation,
                            rsasim::design::ArmSizes sizes, const std::vector<int>& arms,
                            const std::vector<std::vector<int>>& levels = {});

/// Expected correct guesses of the convergence strategy, over all 2^n sequences.
double expected_correct_guesses(const rsasim::design::Allocation& allocation,
                                rsasim::design::ArmSizes sizes);
