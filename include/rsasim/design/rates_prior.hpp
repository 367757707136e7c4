#pragma once

#include <optional>

#include <rsasim/design/effect.hpp>

namespace rsasim::design {

/// A beta distribution; both shapes lie above 0.
struct BetaPrior {
    double a = 1;
    double b = 1;
};

/// A ratio whose logarithm is normal, around log(median) with the standard deviation `log_sd` > 0.
struct LogNormalPrior {
    Measure measure = Measure::odds_ratio;  ///< or risk_ratio
    double median = 1;
    double log_sd = 1;
};

/// What is believed of the rates before a trial: the control rate (or a known one), and beside it
/// either the treated rate or a ratio, independent of the control rate. A risk ratio is cut where
/// the treated rate would exceed 1: what is left counts as the whole.
struct RatesPrior {
    std::optional<BetaPrior> control_rate;
    double known_control_rate = 0.5;  ///< where there is no prior of it
    std::optional<BetaPrior> treated_rate;
    std::optional<LogNormalPrior> ratio;
};

}  // namespace rsasim::design
