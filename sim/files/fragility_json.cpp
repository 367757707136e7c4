#include "fragility_json.hpp"

namespace rsasim::files {

Json fragility_json(const std::vector<TestFragility>& fragility, const design::Table2x2& table,
                    const design::AnalysisPlan& plan) {
    const bool is_treated = analysis::arm_to_change(table) == analysis::Arm::treated;
    Json json{{"arm", is_treated ? "treated" : "control"}, {"lost", Json::array()}};
    for (const auto& [changes, arm, tests] : lost_together(fragility, table, plan)) {
        json["lost"].push_back({{"changes", changes}, {"events", arm.events}, {"tests", tests}});
    }
    return json;
}

}  // namespace rsasim::files
