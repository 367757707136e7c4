#include <algorithm>
#include <array>
#include <vector>

#include <rsasim/replicate/schemes.hpp>
#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();
constexpr Range any{};
constexpr Range positive{0, no_bound, Ends::open};
constexpr Range not_negative{0, no_bound, Ends::closed};
constexpr Range inside{0, 1, Ends::open};

constexpr std::array<std::string_view, 9> family_words{
    "normal",  "log-normal",        "gamma",  "beta",       "uniform",
    "poisson", "negative-binomial", "binary", "categorical"};
constexpr std::array<std::string_view, 4> handling_words{"failure", "complete-case", "worst-case",
                                                         "best-case"};
constexpr std::array<std::string_view, 7> set_words{
    "treatment-policy", "per-protocol",       "failure", "complete-case", "worst-case",
    "best-case",        "multiple-imputation"};
constexpr std::array<std::string_view, 3> procedure_words{"fixed-sequence", "holm", "bonferroni"};
constexpr std::array<std::string_view, 4> tables_of_features{
    "dropout.effects", "adherence.effects", "stage.NAME.effects", "stage.NAME.interactions"};

constexpr KeyRow number_row(std::string_view path, const Range& range, std::string_view meaning,
                            std::string_view rule, std::string_view remedy) {
    KeyRow row;
    row.path = path;
    row.kind = Kind::number;
    row.range = range;
    row.sweep = Sweep::allowed;
    row.level = Level::patients;
    row.meaning = meaning;
    row.rule = rule;
    row.remedy = remedy;
    return row;
}

constexpr KeyRow whole_row(std::string_view path, const Range& range, std::string_view meaning,
                           std::string_view rule, std::string_view remedy) {
    KeyRow row = number_row(path, range, meaning, rule, remedy);
    row.kind = Kind::whole;
    return row;
}

constexpr KeyRow word_row(std::string_view path, std::span<const std::string_view> words,
                          std::string_view meaning) {
    KeyRow row;
    row.path = path;
    row.kind = Kind::choice;
    row.words = words;
    row.sweep = Sweep::allowed;
    row.level = Level::patients;
    row.meaning = meaning;
    return row;
}

constexpr KeyRow list_row(std::string_view path, Kind kind, const Range& range,
                          std::string_view meaning, std::string_view rule,
                          std::string_view remedy) {
    KeyRow row = number_row(path, range, meaning, rule, remedy);
    row.kind = kind;
    row.sweep = Sweep::never;
    return row;
}

constexpr KeyRow with_default(KeyRow row, std::string_view text) {
    row.default_text = text;
    return row;
}

constexpr KeyRow distinct(KeyRow row) {
    row.repeats = Repeats::refused;
    return row;
}

constexpr KeyRow two_or_more(KeyRow row) {
    row.fewest = 2;
    return row;
}

constexpr KeyRow of_form(KeyRow row, Form form, std::span<const std::string_view> words = {}) {
    row.form = form;
    row.words = words;
    return row;
}

constexpr KeyRow with_remedy(KeyRow row, std::string_view remedy) {
    row.remedy = remedy;
    return row;
}

constexpr KeyRow of_analysis(KeyRow row) {
    row.level = Level::patient_analysis;
    return row;
}

constexpr std::string_view finite = "a finite number is needed";
constexpr std::string_view plain = "Write it without quotes.";
constexpr std::string_view above_zero = "a finite number above 0 is needed";
constexpr std::string_view correct = "Correct it.";
constexpr std::string_view share = "a share lies above 0 and below 1";
constexpr std::string_view percent = "Write 63.5 % as 0.635.";
constexpr std::string_view odds_ratio_rule = "a ratio of odds is finite and lies above 0";
constexpr std::string_view odds_ratio_remedy = "Write 1 for no effect.";
constexpr std::string_view factors_rule = "a list of factors is needed";
constexpr std::string_view factors_remedy = "Write [\"centre\", \"il33_st2 > 1.2\"].";
constexpr std::string_view rules_rule = "a list of conditions is needed";
constexpr std::string_view rules_remedy = "Write [\"prior_losses >= 3\"].";

constexpr KeyRow text_row(std::string_view path, std::string_view meaning, std::string_view rule,
                          std::string_view remedy) {
    return list_row(path, Kind::text, any, meaning, rule, remedy);
}

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

constexpr std::string_view scheme_path = "allocation.scheme";

constexpr std::array static_rows{
    of_analysis(distinct(
        list_row("analysis.adjust", Kind::texts, any, "Features the regressions adjust for",
                 "a list of features is needed", "Write [\"age\", \"il33_st2 > 1.2\"]."))),
    of_analysis(distinct(list_row("analysis.strata", Kind::texts, any,
                                  "Factors of stratified analyses", factors_rule, factors_remedy))),
    of_analysis(text_row("analysis.interaction", "Feature whose interaction with arm is tested",
                         "a feature is needed", "Write \"il33_st2 > 1.2\".")),
    of_analysis(distinct(of_form(
        list_row("analysis.sets", Kind::sets, any, "Sets of women analysed beside the primary one",
                 "a list of sets is needed", "Write [\"per-protocol\", \"il33_st2 > 1.2\"]."),
        Form::word_or_condition, set_words))),
    of_analysis(two_or_more(distinct(list_row("analysis.multiplicity.endpoints", Kind::texts, any,
                                              "Tests in the order of their endpoints",
                                              "a list of two or more tests is needed",
                                              "Write [\"logistic\", \"ancova[il33]\"].")))),
    of_analysis(distinct(
        of_form(list_row("analysis.multiplicity.procedures", Kind::texts, any,
                         "How several endpoints are tested", "a list of procedures is needed",
                         "Write [\"fixed-sequence\", \"holm\", \"bonferroni\"]."),
                Form::any, procedure_words))),
    of_analysis(with_default(list_row("simulation.control_variate", Kind::truth, any,
                                      "Whether the table's known power is a control variate",
                                      "true or false is needed", plain),
                             "true")),

    of_form(list_row("eligibility.all", Kind::texts, any, "Conditions that all hold", rules_rule,
                     rules_remedy),
            Form::condition),
    of_form(list_row("eligibility.any", Kind::texts, any, "Conditions of which one holds",
                     rules_rule, rules_remedy),
            Form::condition),
    whole_row("centres.number", {2, 1000, Ends::closed}, "Number of centres",
              "a trial has 2 to 1,000 centres", "Leave [centres] out for one."),
    two_or_more(list_row(
        "centres.shares", Kind::numbers, inside, "Share of the women in each centre",
        "a list of two or more shares above 0 is needed", "Leave it out for equal shares.")),
    with_default(
        number_row("centres.sd", not_negative, "Standard deviation of the centres' log odds",
                   "a number from 0 up is needed", correct),
        "0"),
    with_default(word_row(scheme_path, {}, "How women are allotted to the arms"),
                 "random-allocation"),
    distinct(list_row("allocation.strata", Kind::texts, any,
                      "Factors of strata and of minimisation", factors_rule, factors_remedy)),
    distinct(list_row("allocation.block_sizes", Kind::wholes, {2, 1e6, Ends::closed},
                      "Sizes of the blocks, drawn with equal probability",
                      "a list of block sizes from 2 to 1,000,000 is needed", "Write [4, 6].")),
    number_row("allocation.probability", {0.5, 1, Ends::closed},
               "Probability of the arm that is preferred", "it lies between 0.5 and 1",
               "Write 2/3 as 0.6667."),
    whole_row("allocation.limit", {1, 1e6, Ends::closed}, "Largest difference of the arms",
              "a limit is a whole number from 1 to 1,000,000", correct),
    whole_row("allocation.urn_start", {0, 1e6, Ends::closed}, "Balls of each colour at the start",
              "a whole number from 0 to 1,000,000 is needed", correct),
    whole_row("allocation.urn_added", {1, 1e6, Ends::closed},
              "Balls of the other colour added after each draw",
              "a whole number from 1 to 1,000,000 is needed", correct),
    list_row("allocation.weights", Kind::numbers, positive, "Weights of the minimisation's factors",
             "a list of numbers above 0 is needed", "Leave it out for equal weights."),
    number_row("dropout.treated.rate", {0, 0.999999, Ends::closed},
               "Share lost among treated women without the event", "a share lies from 0 to below 1",
               percent),
    with_default(number_row("dropout.treated.outcome_odds_ratio", positive,
                            "Odds ratio of being lost, event against none, treated arm",
                            odds_ratio_rule, odds_ratio_remedy),
                 "1"),
    number_row("dropout.control.rate", {0, 0.999999, Ends::closed},
               "Share lost among control women without the event", "a share lies from 0 to below 1",
               percent),
    with_default(number_row("dropout.control.outcome_odds_ratio", positive,
                            "Odds ratio of being lost, event against none, control arm",
                            odds_ratio_rule, odds_ratio_remedy),
                 "1"),
    with_default(with_remedy(word_row("dropout.handling", handling_words,
                                      "What missing outcomes count as in the primary set"),
                             "Imputed outcomes are a set beside the primary one: write sets = "
                             "[\"multiple-imputation\"] below [analysis]."),
                 "failure"),
    number_row("dropout.delta.treated", any, "Log odds added to imputed outcomes, treated arm",
               finite, plain),
    number_row("dropout.delta.control", any, "Log odds added to imputed outcomes, control arm",
               finite, plain),
    whole_row("dropout.imputations", {2, 1000, Ends::closed}, "Imputed data sets",
              "2 to 1,000 imputations are drawn", "Write 20."),
    number_row("adherence.treated", {1e-6, 1, Ends::closed},
               "Share of the treated arm that takes the treatment", "a share lies from 10^-6 to 1",
               percent),
    number_row("adherence.control", {1e-6, 1, Ends::closed},
               "Share of the control arm that takes the control", "a share lies from 10^-6 to 1",
               percent),
    number_row("time_trend.log_odds", any, "Log odds gained from the first woman to the last",
               finite, plain),
    number_row("selection_bias.log_odds", any,
               "Log odds by which an investigator favours the arm she guesses", finite, plain),
};

constexpr KeyRow log_odds_row =
    number_row("NAME", any, "Log odds per unit of a feature", finite, plain);

}  // namespace

std::span<const KeyRow> patient_keys() {
    static const std::vector<std::string_view> schemes = [] {
        std::vector<std::string_view> names;
        for (const replicate::SchemeRow& row : replicate::schemes())
            names.push_back(row.name);
        return names;
    }();
    static const std::vector<KeyRow> rows = [] {
        std::vector<KeyRow> list(static_rows.begin(), static_rows.end());
        std::ranges::find(list, scheme_path, &KeyRow::path)->words = schemes;
        return list;
    }();
    return rows;
}

std::span<const KeyRow> entry_keys() {
    return entry_rows;
}

bool is_entry_table(std::string_view path) {
    return std::ranges::count(entry_tables, path) > 0;
}

std::string_view name_key(std::string_view table) {
    return table == correlation_table ? "between" : "name";
}

std::span<const std::string_view> feature_tables() {
    return tables_of_features;
}

const KeyRow& feature_row() {
    return log_odds_row;
}

}  // namespace rsasim::scenario
