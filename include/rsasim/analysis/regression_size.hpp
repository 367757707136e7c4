#pragma once

#include <cstddef>

namespace rsasim::analysis {

/// Most columns of a logistic regression, the intercept included.
inline constexpr std::size_t most_regression_columns = 32;

/// Columns beside the adjusting features: intercept and arm; a tested interaction adds the feature
/// and its product with arm.
constexpr std::size_t other_regression_columns(bool has_interaction) {
    return has_interaction ? 4 : 2;
}

}  // namespace rsasim::analysis
