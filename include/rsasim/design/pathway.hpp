#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::design {

/// A feature's part of a linear predictor.
struct Term {
    Feature feature;
    double log_odds = 0;  ///< per unit of the feature
    bool operator==(const Term&) const = default;
};

/// One step of the outcome pathway, reached by the women who passed all before it: conception,
/// ongoing pregnancy, live birth, no malformation. With g = 1 for women who take the treatment,
///
///     logit P(pass) = intercept + sum effects + g (treatment + sum interactions)
///                     + centre effect + time trend (+ selection bias).
struct Stage {
    std::string name;
    double intercept = 0;  ///< log odds of the control treatment where every feature is 0
    double treatment = 0;  ///< log odds ratio of the treatment where every interaction is 0
    std::vector<Term> effects;
    std::vector<Term> interactions;
    bool operator==(const Stage&) const = default;
};

/// Marginal rates that the pathway is to have among eligible women, if all took the treatment of
/// their arm.
struct TargetRates {
    std::optional<double> control;  ///< sets the intercept of stage `free_stage`
    std::optional<double> treated;  ///< sets its treatment effect
    std::size_t free_stage = 0;
    std::int64_t women = 0;  ///< whose entries the time trend is averaged over; 0: very many
    bool operator==(const TargetRates&) const = default;
};

/// A biomarker after treatment, a secondary endpoint:
///
///     y = mean + sd (r z + sqrt(1 - r^2) e) + treatment_shift g + outcome_shift s
///
/// z: normal score of the baseline covariate, F^-1 of the standard normal at the covariate's own
/// distribution function; e: standard normal; g: takes the treatment; s: primary success.
struct Biomarker {
    std::string name;
    std::optional<std::size_t> baseline;  ///< a continuous covariate
    double correlation = 0;               ///< r, in (-1, 1); 0 without a baseline
    double mean = 0;
    double sd = 1;
    double treatment_shift = 0;
    double outcome_shift = 0;
    bool operator==(const Biomarker&) const = default;
};

/// Each centre has one normal random effect in each trial, added to the log odds of all stages.
struct Centres {
    std::size_t covariate = 0;  ///< the categorical covariate that says which centre
    double sd = 0;
    bool operator==(const Centres&) const = default;
};

}  // namespace rsasim::design
