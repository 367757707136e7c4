#include "key_rows.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <rsasim/replicate/schemes.hpp>
#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

using namespace rows;

constexpr std::array<std::string_view, 4> handling_words{"failure", "complete-case", "worst-case",
                                                         "best-case"};
constexpr std::array<std::string_view, 7> words_of_sets{
    "treatment-policy", "per-protocol",       "failure", "complete-case", "worst-case",
    "best-case",        "multiple-imputation"};
constexpr std::array<std::string_view, 3> procedure_words{"fixed-sequence", "holm", "bonferroni"};
constexpr std::array<std::string_view, 4> tables_of_features{
    "dropout.effects", "adherence.effects", "stage.NAME.effects", "stage.NAME.interactions"};

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
        Form::word_or_condition, words_of_sets))),
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
        number_row("centres.sd", not_negative, "Standard deviation of the centres' random effects",
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

bool is_entry_table(std::string_view path) {
    return std::ranges::count(entry_tables, path) > 0;
}

std::string_view name_key(std::string_view table) {
    return table == correlation_table ? "between" : "name";
}

std::span<const std::string_view> feature_tables() {
    return tables_of_features;
}

}  // namespace rsasim::scenario
