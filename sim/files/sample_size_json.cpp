#include "formula_json.hpp"
#include "planning_words.hpp"

#include <string>

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

Json dropout_json(const DropoutReport& dropout) {
    Json json{{"rate", dropout.rate},
              {"n_treated", dropout.recruited.treated},
              {"n_control", dropout.recruited.control}};
    if (dropout.as_failures) {
        json["power_if_failures"] = dropout.as_failures->power;
        json["treated_rate_if_failures"] = dropout.as_failures->rates.treated;
        json["control_rate_if_failures"] = dropout.as_failures->rates.control;
    } else {
        json["power_if_failures"] = nullptr;
        json["status"]["power_if_failures"] = dropout.why_no_power;
    }
    return json;
}

Json beta_json(const design::BetaPrior& beta) {
    return {{"a", beta.a}, {"b", beta.b}};
}

Json prior_json(const design::RatesPrior& prior) {
    Json json;
    if (prior.control_rate) {
        json["control_rate"] = beta_json(*prior.control_rate);
    } else {
        json["control_rate"] = prior.known_control_rate;
    }
    if (prior.treated_rate) json["treated_rate"] = beta_json(*prior.treated_rate);
    if (prior.ratio) {
        json[std::string(design::name_of(prior.ratio->measure))] = {
            {"median", prior.ratio->median}, {"log_sd", prior.ratio->log_sd}};
    }
    return json;
}

void set_aim(Json& json, const SizeAim& aim) {
    json["aim"] = aim.name();
    if (aim.worst_case) {
        const auto& [rates, effect] = *aim.worst_case;
        json["worst_case"] = {{"lowest_control_rate", rates.lowest},
                              {"highest_control_rate", rates.highest},
                              {"measure", design::name_of(effect.measure)},
                              {"effect", effect.value}};
    }
    if (aim.prior) {
        json["prior"] = prior_json(*aim.prior);
        json["largest_assurance"] = aim.largest_assurance;
    }
    if (aim.half_width) {
        json["interval"] = aim.half_width->interval.label();
        json["half_width"] = aim.half_width->half_width;
    }
}

Json width_json(const planning::ExpectedWidth& width) {
    const bool is_ratio = design::is_ratio(width.interval.measure);
    Json json{{"interval", width.interval.label()}};
    set_number(json, is_ratio ? "mean_log_width" : "mean_width", width.mean);
    json["infinite"] = width.infinite;
    return json;
}

}  // namespace

std::string sample_size_to_json(const SampleSizeReport& report) {
    const auto& question = report.question;
    const auto& answer = report.answer;
    const bool has_test = !report.plan->tests.empty();
    Json json{{"schema", "rsasim.size/1"},
              {"target_power", question.target},
              {"test", has_test ? Json(report.plan->tests.front().label()) : Json(nullptr)},
              {"engine", "enumeration"}};
    set_aim(json, report.aim);
    set_hypotheses(json, *report.plan);
    json["treated_rate"] = report.rates.treated;
    json["control_rate"] = report.rates.control;
    json["ratio"] = {question.ratio.treated(), question.ratio.control()};
    json["first"] = sized_json(answer.first);
    json["stable"] = sized_json(answer.stable);
    if (!answer.stable) json["status"]["stable"] = "the last size before the horizon fails";
    json["horizon"] = answer.horizon;
    if (answer.judged_up_to) json["status"]["horizon"] = "too_large";
    json["nearby"] = sized_json(report.nearby);
    if (report.size_of_test) {
        const auto& [lower, upper, at] = report.size_of_test->supremum;
        json["size_of_test"] = {
            {"lower", lower}, {"upper", upper}, {"at_control_rate", at.control}};
    }
    if (report.width) json["expected_width"] = width_json(*report.width);
    if (report.dropout) json["dropout"] = dropout_json(*report.dropout);
    if (report.formulas) json["formulas"] = formulas_json(*report.formulas);
    json["curve"] = Json::array();
    for (const auto& point : report.curve)
        json["curve"].push_back(sized_json(point));
    return text_of(json);
}

}  // namespace rsasim::files
