#pragma once

#include <limits>
#include <vector>

#include <rsasim/design/pathway.hpp>

namespace rsasim::design {

/// What becomes of a missing outcome.
enum class Handling {
    failure,              ///< counts as no event: the composite strategy
    complete_case,        ///< the woman is left out
    worst_case,           ///< no event in the treated arm, an event in the control arm
    best_case,            ///< the other way round
    multiple_imputation,  ///< drawn from each arm's own model, many times
};

/// Log odds that a woman of an arm is lost before her outcome is known.
struct ArmDropout {
    double log_odds = -std::numeric_limits<double>::infinity();  ///< without event, features 0
    double outcome_log_odds_ratio = 0;                           ///< added for women with the event
    bool operator==(const ArmDropout&) const = default;
};

struct Dropout {
    ArmDropout treated, control;  ///< by the arm allotted
    std::vector<Term> effects;
    bool operator==(const Dropout&) const = default;
};

/// Log odds that a woman takes the treatment of the arm allotted to her; the others take the other
/// arm's. Infinite where all do.
struct Adherence {
    double treated_log_odds = std::numeric_limits<double>::infinity();
    double control_log_odds = std::numeric_limits<double>::infinity();
    std::vector<Term> effects;
    bool operator==(const Adherence&) const = default;
};

}  // namespace rsasim::design
