#include "planning_words.hpp"

#include <rsasim/files/planning_text.hpp>

namespace rsasim::files {
namespace {

Json rate_json(const std::optional<planning::DetectableRate>& found, double control) {
    if (!found) return nullptr;
    const design::Rates rates{found->treated_rate, control};
    Json json{{"treated_rate", found->treated_rate}, {"power", found->power}};
    for (const auto measure : design::all_measures)
        set_number(json, std::string(design::name_of(measure)), design::effect_of(measure, rates));
    return json;
}

}  // namespace

std::string detectable_to_json(const DetectableReport& report) {
    const auto& [design, power, rates] = report;
    Json json{{"schema", "rsasim.mde/1"},
              {"target_power", power},
              {"test", design.analysis().tests.front().label()},
              {"engine", "enumeration"},
              {"n_treated", design.sizes().treated},
              {"n_control", design.sizes().control},
              {"control_rate", design.rates().control}};
    set_hypotheses(json, design.analysis());
    json["above"] = rate_json(rates.above, design.rates().control);
    json["below"] = rate_json(rates.below, design.rates().control);
    return text_of(json);
}

}  // namespace rsasim::files
