#pragma once

#include "faults.hpp"
#include "value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// A method as a scenario names it, before the catalogue is asked.
struct NamedMethod {
    std::string id;  ///< "boschloo", "risk_difference:score"
    std::map<std::string, double> options;
    Place place;
    std::string endpoint = {};  ///< "il33" of "ancova[il33]"
    std::string set = {};       ///< "complete-case" of "logistic@complete-case"
};

/// Whether methods may name an endpoint and a set of women.
enum class Grammar { counts, patients };

/// From "boschloo", "boschloo[berger-boos=0.001]" or { id = "boschloo", berger-boos = 0.001 }.
/// At the patient level also from "ancova[il33]@complete-case". `label` is what messages call the
/// value: "analysis.tests[1]".
std::optional<NamedMethod> named_method(const std::string& label, const Value& value,
                                        Grammar grammar, Faults& faults);

/// The options that differ from the catalogue's defaults; unknown ones and values out of range
/// are faults.
std::optional<design::MethodChoice> chosen(std::string_view id,
                                           std::span<const analysis::OptionRow> options,
                                           const std::string& label, const NamedMethod& named,
                                           Faults& faults);

}  // namespace rsasim::scenario
