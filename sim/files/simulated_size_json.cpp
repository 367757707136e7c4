#include "planning_words.hpp"

#include <cmath>

#include <rsasim/files/simulated_size_text.hpp>

namespace rsasim::files {
namespace {

/// The share of rejections and its binomial error.
Json power_json(const planning::SizeLook& look) {
    const auto replicates = static_cast<double>(look.replicates);
    const double share = static_cast<double>(look.rejected) / replicates;
    return {{"value", share}, {"mcse", std::sqrt(share * (1 - share) / replicates)}};
}

Json look_json(const planning::SizeLook& look) {
    return {{"n_treated", look.sizes.treated},
            {"n_control", look.sizes.control},
            {"replicates", look.replicates},
            {"power", power_json(look)}};
}

}  // namespace

std::string simulated_size_to_json(const SimulatedSizeReport& report) {
    const auto& answer = report.answer;
    Json json{{"schema", "rsasim.size/1"},    {"target_power", report.question.power},
              {"test", report.test},          {"engine", "simulation"},
              {"why_simulation", report.why}, {"aim", "power"}};
    set_hypotheses(json, report.plan);
    json["treated_rate"] = report.rates.treated;
    json["control_rate"] = report.rates.control;
    json["ratio"] = {report.question.ratio.treated(), report.question.ratio.control()};
    json["n"] = {{"n_treated", answer.sizes.treated},
                 {"n_control", answer.sizes.control},
                 {"total", answer.sizes.treated + answer.sizes.control},
                 {"lower", answer.lower},
                 {"upper", answer.upper},
                 {"confidence", report.question.confidence},
                 {"power", power_json(answer.at_sizes)}};
    if (answer.curve) {
        json["n"]["curve_power"] = {{"value", answer.curve->power}, {"mcse", answer.curve->error}};
    } else {
        json["n"]["curve_power"] = nullptr;
        json["status"]["curve_power"] = "each size was simulated";
    }
    json["replicates"] = answer.replicates;
    json["seed"] = report.seed;
    if (report.recruited) {
        json["dropout"] = {{"rate", report.dropout},
                           {"n_treated", report.recruited->treated},
                           {"n_control", report.recruited->control},
                           {"power_if_failures", nullptr}};
        json["dropout"]["status"]["power_if_failures"] =
            "a size by simulation is of the scenario's own drop-out";
    }
    json["looks"] = Json::array();
    for (const auto& look : answer.looks)
        json["looks"].push_back(look_json(look));
    return text_of(json);
}

}  // namespace rsasim::files
