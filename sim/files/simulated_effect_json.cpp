#include "planning_words.hpp"

#include <cmath>

#include <rsasim/files/simulated_effect_text.hpp>

namespace rsasim::files {
namespace {

Json look_json(const planning::RateLook& look) {
    const auto replicates = static_cast<double>(look.replicates);
    const double share = static_cast<double>(look.rejected) / replicates;
    return {{"treated_rate", look.treated_rate},
            {"replicates", look.replicates},
            {"power", {{"value", share}, {"mcse", std::sqrt(share * (1 - share) / replicates)}}}};
}

Json side_json(const std::optional<SimulatedEffectReport::Side>& side,
               const SimulatedEffectReport& report) {
    if (!side) return nullptr;
    const auto& effect = side->effect;
    Json json{{"treated_rate", effect.treated_rate},
              {"lower", effect.lower},
              {"upper", effect.upper},
              {"confidence", report.question.confidence},
              {"arms_treated_rate", side->setting},
              {"power", {{"value", report.question.power}, {"mcse", effect.power_error}}}};
    const design::Rates rates{effect.treated_rate, report.control_rate};
    for (const auto measure : design::all_measures)
        set_number(json, std::string(design::name_of(measure)), design::effect_of(measure, rates));
    json["replicates"] = effect.replicates;
    json["looks"] = Json::array();
    for (const auto& look : effect.looks)
        json["looks"].push_back(look_json(look));
    return json;
}

}  // namespace

std::string simulated_effect_to_json(const SimulatedEffectReport& report) {
    Json json{{"schema", "rsasim.mde/1"},
              {"target_power", report.question.power},
              {"test", report.test},
              {"engine", "simulation"},
              {"why_simulation", report.why},
              {"n_treated", report.question.sizes.treated},
              {"n_control", report.question.sizes.control},
              {"control_rate", report.control_rate}};
    set_hypotheses(json, report.plan);
    json["seed"] = report.seed;
    json["above"] = side_json(report.above, report);
    json["below"] = side_json(report.below, report);
    return text_of(json);
}

}  // namespace rsasim::files
