#include "fragility_text.hpp"

#include "analysis_tables_text.hpp"
#include "number_text.hpp"
#include "text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {

std::string fragility_text(const std::vector<TestFragility>& fragility,
                           const design::Table2x2& table, const design::AnalysisPlan& plan,
                           bool use_colour) {
    const auto lost = lost_together(fragility, table, plan);
    if (lost.empty()) return "";
    const bool is_treated = analysis::arm_to_change(table) == analysis::Arm::treated;
    auto text = fmt::format(
        "\n{}\n{}", emphasised("Fragility", use_colour),
        wrapped(fmt::format("Women of the {} arm, which has fewer events, whose outcome must "
                            "become an event for significance at alpha {} to be lost:",
                            is_treated ? "treated" : "control", shortest_text(plan.alpha)),
                analysis_width, 2));
    for (const auto& [changes, arm, tests] : lost) {
        text += wrapped(
            fmt::format("{} ({}/{}): {}", changes, arm.events, arm.n, fmt::join(tests, ", ")),
            analysis_width, 4);
    }
    return text;
}

}  // namespace rsasim::files
