#include "number_text.hpp"
#include "planning_words.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/files/planning_text.hpp>

namespace rsasim::files {
namespace {

std::string detectable_summary(const DetectableReport& report,
                               const std::optional<planning::DetectableRate>& found,
                               std::string_view where) {
    const double control = report.design.rates().control;
    if (!found) return fmt::format("  {}: no rate is detected with this power\n", where);
    const design::Rates rates{found->treated_rate, control};
    return fmt::format("  {}: treated rate {}, odds ratio {}, risk ratio {}, risk difference {}\n",
                       where, fixed_text(found->treated_rate, power_decimals),
                       fixed_text(design::effect_of(design::Measure::odds_ratio, rates), 4),
                       fixed_text(design::effect_of(design::Measure::risk_ratio, rates), 4),
                       fixed_text(design::effect_of(design::Measure::risk_difference, rates), 4));
}

}  // namespace

std::string detectable_to_text(const DetectableReport& report, bool use_colour) {
    const auto& design = report.design;
    std::string text = emphasised("Minimum detectable effect by enumeration", use_colour) + "\n";
    text += fmt::format("  arms        {} treated, {} control; control rate {}\n",
                        count_text(design.sizes().treated), count_text(design.sizes().control),
                        shortest_text(design.rates().control));
    text += hypotheses_text(design.analysis());
    text += fmt::format("  target      power {}\n", shortest_text(report.power));
    text += test_text(design.analysis().tests.front()) + "\n";
    text += detectable_summary(report, report.rates.above, "above the null");
    return text + detectable_summary(report, report.rates.below, "below the null");
}

}  // namespace rsasim::files
