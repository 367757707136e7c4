#include "number_text.hpp"
#include "planning_words.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/files/planning_text.hpp>
#include <rsasim/files/results_labels.hpp>

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

/// One sentence with the answer.
std::string summary_text(const DetectableReport& report) {
    const auto& design = report.design;
    std::string rates;
    if (report.rates.above) {
        rates = fmt::format("at least {}",
                            fixed_text(report.rates.above->treated_rate, power_decimals));
    }
    if (report.rates.below) {
        rates += fmt::format("{}at most {}", rates.empty() ? "" : " or ",
                             fixed_text(report.rates.below->treated_rate, power_decimals));
    }
    return wrapped(
        fmt::format("{} women treated and {} control give the test {} a power of {} to tell a "
                    "treated rate of {} from a control rate of {}.",
                    count_text(design.sizes().treated), count_text(design.sizes().control),
                    design.analysis().tests.front().label(), shortest_text(report.power), rates,
                    number_text(design.rates().control)),
        planning_width, 2);
}

}  // namespace

std::string detectable_to_text(const DetectableReport& report, bool use_colour) {
    const auto& design = report.design;
    std::string text = emphasised("Minimum detectable effect by enumeration", use_colour) + "\n";
    text += fmt::format("  arms        {} treated, {} control; control rate {}\n",
                        count_text(design.sizes().treated), count_text(design.sizes().control),
                        number_text(design.rates().control));
    text += hypotheses_text(design.analysis());
    text += fmt::format("  target      power {}\n", shortest_text(report.power));
    text += test_text(design.analysis().tests.front()) + "\n";
    text += detectable_summary(report, report.rates.above, "above the null");
    text += detectable_summary(report, report.rates.below, "below the null") + "\n";
    return text + summary_text(report);
}

}  // namespace rsasim::files
