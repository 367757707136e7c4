#pragma once

namespace rsasim::math {

/// observed log(observed / expected) - (observed - expected), never negative: half a deviance term
/// whose sum over a table loses nothing to cancellation when the table is close to its fit.
/// `difference` = observed - expected, given apart because the caller has it more exactly.
/// observed >= 0, expected >= 0; infinite where expected is 0 and observed is not.
/// The series is that of Loader 2000, "Fast and accurate computation of binomial probabilities".
double deviance_term(double observed, double expected, double difference);

}  // namespace rsasim::math
