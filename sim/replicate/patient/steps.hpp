#pragma once

#include "columns.hpp"

#include <rsasim/design/covariate_distribution.hpp>

namespace rsasim::replicate {

/// The steps of a discrete covariate by the words that reach them, and by its normal score.
WordSteps steps_of_words(const design::Distribution& distribution);
ScoreSteps steps_of_scores(const design::Distribution& distribution);

}  // namespace rsasim::replicate
