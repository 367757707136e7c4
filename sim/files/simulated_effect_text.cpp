#include "number_text.hpp"
#include "planning_words.hpp"
#include "statement_text.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/files/simulated_effect_text.hpp>

namespace rsasim::files {
namespace {

std::string rate_text(double rate) {
    return fixed_text(rate, simulated_decimals);
}

std::string side_text(const std::optional<SimulatedEffectReport::Side>& side,
                      const SimulatedEffectReport& report, std::string_view where) {
    if (!side) {
        return fmt::format("  {}: no rate that the model can have is detected with this power\n",
                           where);
    }
    const auto& effect = side->effect;
    const design::Rates rates{effect.treated_rate, report.control_rate};
    const auto measure = [&](design::Measure of) {
        return rate_text(design::effect_of(of, rates));
    };
    return wrapped(
        fmt::format("{}: treated rate {} ({} % interval {} to {}), odds ratio {}, risk ratio {}, "
                    "risk difference {}; arms.treated_rate = {}; {} simulated trials",
                    where, rate_text(effect.treated_rate),
                    shortest_text(report.question.confidence * 100), rate_text(effect.lower),
                    rate_text(effect.upper), measure(design::Measure::odds_ratio),
                    measure(design::Measure::risk_ratio), measure(design::Measure::risk_difference),
                    rate_text(side->setting), count_text(effect.replicates)),
        planning_width, 2);
}

/// One sentence with the answer.
std::string summary_text(const SimulatedEffectReport& report) {
    const auto& sizes = report.question.sizes;
    std::string rates;
    if (report.above) rates = "at least " + rate_text(report.above->effect.treated_rate);
    if (report.below) {
        rates += rates.empty() ? "" : " or ";
        rates += "at most " + rate_text(report.below->effect.treated_rate);
    }
    return wrapped(
        fmt::format("{} women treated and {} control give the test {} a power of about {} to tell "
                    "a treated rate of {} from a control rate of {}.",
                    count_text(sizes.treated), count_text(sizes.control), report.test,
                    shortest_text(report.question.power), rates, rate_text(report.control_rate)),
        planning_width, 2);
}

}  // namespace

std::string simulated_effect_to_text(const SimulatedEffectReport& report, bool use_colour) {
    const auto& sizes = report.question.sizes;
    std::string text = emphasised("Minimum detectable effect by simulation", use_colour) + "\n";
    text += fmt::format("  arms        {} treated, {} control; control rate {}\n",
                        count_text(sizes.treated), count_text(sizes.control),
                        rate_text(report.control_rate));
    text += hypotheses_text(report.plan);
    text += fmt::format("  target      power {} of {}\n", shortest_text(report.question.power),
                        report.test);
    text += wrapped(definitions_of_tests({report.test}), planning_width, 2);
    text += wrapped(fmt::format("By simulation because {}. Seed {}. The intervals are of the rate "
                                "at which a smooth power curve crosses the target. Rates are those "
                                "of the 2x2 table.",
                                report.why, report.seed),
                    planning_width, 2) +
            "\n";
    text += side_text(report.above, report, "above the null");
    text += side_text(report.below, report, "below the null") + "\n";
    return text + summary_text(report);
}

}  // namespace rsasim::files
