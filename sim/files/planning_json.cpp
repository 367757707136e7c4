#include "json_values.hpp"

#include <rsasim/files/planning_text.hpp>

namespace rsasim::files {
namespace {

Json sized_json(const planning::SizedPower& sized) {
    return {{"n_treated", sized.sizes.treated},
            {"n_control", sized.sizes.control},
            {"power", sized.power}};
}

Json sized_json(const std::optional<planning::SizedPower>& sized) {
    return sized ? sized_json(*sized) : Json(nullptr);
}

void set_hypotheses(Json& json, const design::AnalysisPlan& plan) {
    json["alpha"] = plan.alpha;
    json["sides"] = static_cast<int>(plan.sides);
    if (plan.equivalence) {
        json["equivalence"] = margins_json(*plan.equivalence);
    } else {
        json["null"] = null_json(plan.null);
    }
}

Json rate_json(const std::optional<planning::DetectableRate>& found, double control) {
    if (!found) return nullptr;
    const design::Rates rates{found->treated_rate, control};
    Json json{{"treated_rate", found->treated_rate}, {"power", found->power}};
    for (const auto measure : design::all_measures)
        set_number(json, std::string(design::name_of(measure)), design::effect_of(measure, rates));
    return json;
}

Json dropout_json(const DropoutReport& dropout) {
    return {{"rate", dropout.rate},
            {"n_treated", dropout.recruited.treated},
            {"n_control", dropout.recruited.control},
            {"power_if_failures", dropout.power_as_failures},
            {"treated_rate_if_failures", dropout.rates_as_failures.treated},
            {"control_rate_if_failures", dropout.rates_as_failures.control}};
}

}  // namespace

std::string sample_size_to_json(const SampleSizeReport& report) {
    const auto& [question, answer, nearby, curve, size, dropout] = report;
    Json json{{"schema", "rsasim.size/1"},
              {"target_power", question.power},
              {"test", question.plan->tests.at(question.test).label()},
              {"engine", "enumeration"}};
    set_hypotheses(json, *question.plan);
    json["treated_rate"] = question.rates.treated;
    json["control_rate"] = question.rates.control;
    json["ratio"] = {question.ratio.treated(), question.ratio.control()};
    json["first"] = sized_json(answer.first);
    json["stable"] = sized_json(answer.stable);
    if (!answer.stable) json["status"]["stable"] = "the last size before the horizon fails";
    json["horizon"] = answer.horizon;
    json["nearby"] = sized_json(nearby);
    if (size) {
        json["size_of_test"] = {{"lower", size->supremum.lower},
                                {"upper", size->supremum.upper},
                                {"at_control_rate", size->supremum.at.control}};
    }
    if (dropout) json["dropout"] = dropout_json(*dropout);
    json["curve"] = Json::array();
    for (const auto& point : curve)
        json["curve"].push_back(sized_json(point));
    return text_of(json);
}

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
