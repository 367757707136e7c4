#pragma once

#include <array>
#include <string_view>

namespace rsasim::design {

/// The scale on which treated and control are compared; always treated against control.
/// The last two are of patient-level analyses: the odds ratio within strata or given covariates,
/// and the difference of a biomarker's means.
enum class Measure {
    odds_ratio,
    risk_difference,
    risk_ratio,
    conditional_odds_ratio,
    mean_difference
};

/// The measures of a 2x2 table.
inline constexpr std::array all_measures{Measure::odds_ratio, Measure::risk_difference,
                                         Measure::risk_ratio};

/// And those of patient-level methods beside them.
inline constexpr std::array every_measure{Measure::odds_ratio, Measure::conditional_odds_ratio,
                                          Measure::risk_difference, Measure::risk_ratio,
                                          Measure::mean_difference};

/// "odds_ratio", "risk_difference", ...
std::string_view name_of(Measure measure);

/// True for the measures that are analysed on the log scale.
constexpr bool is_ratio(Measure measure) {
    return measure != Measure::risk_difference && measure != Measure::mean_difference;
}

/// The value that means "no effect": 1 for ratios, 0 for the difference.
constexpr double no_effect(Measure measure) {
    return is_ratio(measure) ? 1.0 : 0.0;
}

/// A value on a measure's scale: what a null hypothesis says, what an interval should cover. By
/// default "no effect".
struct Effect {
    Measure measure = Measure::odds_ratio;
    double value = 1;

    [[nodiscard]] bool is_no_effect() const { return value == no_effect(measure); }
    bool operator==(const Effect&) const = default;
};

/// Event probabilities of the two arms, each in [0, 1].
struct Rates {
    double treated = 0;
    double control = 0;
};

/// The effect that the rates imply. A ratio may be 0 or infinite; it is NaN where it is 0/0.
double effect_of(Measure measure, const Rates& rates);

/// The treated rate at which `measure` equals `effect`. May lie outside [0, 1] for the risk
/// difference and the risk ratio; the caller checks. The odds ratio needs control in (0, 1).
double treated_rate_for(Measure measure, double effect, double control_rate);

}  // namespace rsasim::design
