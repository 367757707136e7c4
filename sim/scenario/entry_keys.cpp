#include "key_rows.hpp"

#include <array>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

using namespace rows;

constexpr std::array<std::string_view, 9> family_words{
    "normal",  "log-normal",        "gamma",  "beta",       "uniform",
    "poisson", "negative-binomial", "binary", "categorical"};
constexpr std::array entry_rows{
    word_row("covariate.NAME.distribution", family_words, "Distribution among all women"),
    number_row("covariate.NAME.mean", any, "Mean: normal, Poisson, negative binomial", finite,
               plain),
    number_row("covariate.NAME.sd", positive, "Standard deviation: normal", above_zero, correct),
    number_row("covariate.NAME.mean_log", any, "Mean of the logarithm: log-normal", finite, plain),
    number_row("covariate.NAME.sd_log", positive, "Standard deviation of the logarithm: log-normal",
               above_zero, correct),
    number_row("covariate.NAME.shape", positive, "Shape: gamma", above_zero, correct),
    number_row("covariate.NAME.rate", positive, "Rate: gamma, of mean shape / rate", above_zero,
               correct),
    number_row("covariate.NAME.shape1", positive, "First shape: beta", above_zero, correct),
    number_row("covariate.NAME.shape2", positive, "Second shape: beta", above_zero, correct),
    number_row("covariate.NAME.lower", any,
               "Lower end: uniform; others are truncated to values from here", finite, plain),
    number_row("covariate.NAME.upper", any,
               "Upper end: uniform; others are truncated to values up to here", finite, plain),
    number_row("covariate.NAME.size", positive,
               "Size: negative binomial, of variance mean + mean^2 / size", above_zero, correct),
    number_row("covariate.NAME.probability", inside, "Probability of 1: binary", share, percent),
    two_or_more(list_row("covariate.NAME.probabilities", Kind::numbers, inside,
                         "Probabilities of the levels: categorical",
                         "a list of two or more probabilities above 0 is needed",
                         "Write [0.5, 0.3, 0.2].")),
    distinct(list_row("covariate.NAME.levels", Kind::texts, any, "Names of the levels: categorical",
                      "a list of names is needed", "Write [\"A\", \"B\"].")),
    whole_row("covariate.NAME.shift", {-1e6, 1e6, Ends::closed},
              "Added to counts, after truncation", "a shift lies between -10^6 and 10^6",
              "Write 3 for counts from 3 up."),
    number_row("covariate.NAME.centre", any, "Value at which effects are 0", finite, plain),
    number_row("covariate.NAME.unit", positive, "Step of one effect", above_zero,
               "Write 10 for effects per ten."),
    distinct(list_row("covariate.NAME.cuts", Kind::numbers, any, "Ends of its levels as a factor",
                      "a list of rising numbers is needed", "Write [30, 35].")),
    number_row("correlation.NAME.value", {-1, 1, Ends::open}, "Correlation of the normal scores",
               "a correlation lies above -1 and below 1", correct),
    number_row("stage.NAME.base_rate", inside,
               "Share that passes under control where every feature is 0", share, percent),
    number_row("stage.NAME.odds_ratio", positive,
               "Odds ratio of the treatment where every interaction is 0", odds_ratio_rule,
               odds_ratio_remedy),
    text_row("biomarker.NAME.baseline", "The continuous covariate it continues",
             "the name of a covariate is needed", "Write \"il33\"."),
    with_default(number_row("biomarker.NAME.correlation", {-1, 1, Ends::open},
                            "Correlation with the baseline's normal score",
                            "a correlation lies above -1 and below 1", correct),
                 "0"),
    with_default(number_row("biomarker.NAME.mean", any, "Mean under control, without the event",
                            finite, plain),
                 "0"),
    with_default(
        number_row("biomarker.NAME.sd", positive, "Standard deviation", above_zero, correct), "1"),
    with_default(
        number_row("biomarker.NAME.treatment_shift", any, "Added by the treatment", finite, plain),
        "0"),
    with_default(
        number_row("biomarker.NAME.outcome_shift", any, "Added by the event", finite, plain), "0"),
};

constexpr KeyRow log_odds_row =
    number_row("NAME", any, "Log odds per unit of a feature", finite, plain);

}  // namespace

std::span<const KeyRow> entry_keys() {
    return entry_rows;
}

const KeyRow& feature_row() {
    return log_odds_row;
}

}  // namespace rsasim::scenario
