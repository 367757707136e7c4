#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::scenario {

/// "il33_st2 > 1.2" in its parts, or "race = B".
struct Condition {
    std::string name;
    design::Comparison comparison = design::Comparison::none;
    std::string right;
};

/// The finite number that the whole text is.
std::optional<double> finite_number_in(std::string_view text);

/// The parts of a text with an operator >=, <=, >, < or =; nothing where there is none.
std::optional<Condition> condition_in(std::string_view text);

/// "il33_st2>1.20" as "il33_st2 > 1.2"; other text without quotes and blanks around it.
std::string canonical_condition(std::string_view text);

/// What the scenario says of a covariate.
struct CovariateEntry {
    design::Covariate covariate;
    double centre = 0;
    double unit = 1;
    std::vector<double> cuts;
};

/// Something read from text, or what is wrong with the text: the rule and the remedy.
template <class T>
using Read = std::variant<T, std::string>;

/// "il33_st2 > 1.2", "race = B": 1 where it holds.
Read<design::Feature> comparison_of(std::string_view text,
                                    const std::vector<CovariateEntry>& covariates);

/// A comparison, or a covariate that is a number: "age".
Read<design::Feature> feature_of(std::string_view text,
                                 const std::vector<CovariateEntry>& covariates);

/// As feature_of; a categorical covariate gives the indicators of all levels but the first.
Read<std::vector<design::Feature>> columns_of(std::string_view text,
                                              const std::vector<CovariateEntry>& covariates);

/// A covariate with cuts, a binary or categorical one, or a comparison.
Read<design::Factor> factor_of(std::string_view text,
                               const std::vector<CovariateEntry>& covariates);

}  // namespace rsasim::scenario
