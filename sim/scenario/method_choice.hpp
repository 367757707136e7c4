#pragma once

#include "faults.hpp"
#include "value.hpp"

#include <optional>
#include <string>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// A method as a scenario names it, before the catalogue is asked.
struct NamedMethod {
    std::string id;  ///< "boschloo", "risk_difference:score"
    std::map<std::string, double> options;
    Place place;
};

/// From "boschloo", "boschloo[berger-boos=0.001]" or { id = "boschloo", berger-boos = 0.001 }.
/// `label` is what messages call the value: "analysis.tests[1]".
std::optional<NamedMethod> named_method(const std::string& label, const Value& value,
                                        Faults& faults);

/// The options that differ from the catalogue's defaults; unknown ones and values out of range
/// are faults.
std::optional<design::MethodChoice> chosen(const analysis::MethodRow& row, const std::string& label,
                                           const NamedMethod& named, Faults& faults);

}  // namespace rsasim::scenario
