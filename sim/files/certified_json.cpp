#include "json_values.hpp"

#include <rsasim/files/certified_text.hpp>

namespace rsasim::files {
namespace {

Json maximum_json(const planning::CertifiedExtreme& extreme) {
    return {{"lower", extreme.lower},
            {"upper", extreme.upper},
            {"at_control_rate", extreme.at.control},
            {"at_treated_rate", extreme.at.treated}};
}

std::string_view name_of_scope(planning::Scope scope) {
    return scope == planning::Scope::whole_null ? "whole null" : "boundary only";
}

Json level_json(const std::optional<planning::AttainedLevel>& level) {
    if (!level) return nullptr;
    return {{"p_value", level->p_value}, {"size", maximum_json(level->size)}};
}

Json calibrated_json(const planning::CalibratedAlpha& calibrated, const design::Rates& rates) {
    Json json{{"alpha", nullptr}};
    if (calibrated.level) {
        json["alpha"] = calibrated.level->p_value;
        json["size"] = maximum_json(calibrated.level->size);
        json["scope"] = name_of_scope(calibrated.scope);
        json["power"] = {{"value", calibrated.power},
                         {"treated_rate", rates.treated},
                         {"control_rate", rates.control}};
    } else {
        json["status"] = "no level keeps alpha";
    }
    json["next"] = level_json(calibrated.next);
    return json;
}

Json curve_json(const std::vector<planning::ProfilePoint>& curve) {
    Json points = Json::array();
    for (const auto& point : curve) {
        points.push_back({{"control_rate", point.rates.control},
                          {"treated_rate", point.rates.treated},
                          {"probability", point.probability}});
    }
    return points;
}

}  // namespace

std::string certified_to_json(const CertifiedReport& report) {
    const design::AnalysisPlan& plan = report.design.analysis();
    Json json{{"schema", "rsasim.size_of_test/1"},
              {report.coverage ? "interval" : "test", report.method},
              {"n_treated", report.design.sizes().treated},
              {"n_control", report.design.sizes().control}};
    if (report.coverage) {
        json["confidence"] = plan.confidence;
        json["effect"] = null_json(report.effect);
    } else {
        json["alpha"] = plan.alpha;
        json["sides"] = static_cast<int>(plan.sides);
        if (plan.equivalence) {
            json["equivalence"] = margins_json(*plan.equivalence);
        } else {
            json["null"] = null_json(plan.null);
        }
    }
    json["control_rates"] = {report.range.lowest, report.range.highest};
    if (report.size) {
        json["supremum"] = maximum_json(report.size->supremum);
        json["scope"] = name_of_scope(report.size->scope);
    }
    if (report.coverage) json["minimum_coverage"] = maximum_json(*report.coverage);
    if (report.power) {
        json["minimum_power"] = maximum_json(*report.power);
        json["minimum_power"]["effect"] = null_json(report.power_at);
    }
    if (report.calibrated) {
        json["calibrated"] = calibrated_json(*report.calibrated, report.design.rates());
    }
    if (!report.curve.empty()) json["curve"] = curve_json(report.curve);
    return text_of(json);
}

}  // namespace rsasim::files
