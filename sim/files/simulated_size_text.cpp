#include "number_text.hpp"
#include "planning_words.hpp"
#include "statement_text.hpp"
#include "text_table.hpp"

#include <cmath>

#include <fmt/format.h>

#include <rsasim/files/simulated_size_text.hpp>

namespace rsasim::files {
namespace {

std::string looks_text(const std::vector<planning::SizeLook>& looks, bool is_curve) {
    return wrapped(
        fmt::format("{} {} looks at sizes from {} to {} in all; --json lists them.",
                    is_curve ? "The curve was fitted to" : "The interval comes from", looks.size(),
                    count_text(looks.front().sizes.treated + looks.front().sizes.control),
                    count_text(looks.back().sizes.treated + looks.back().sizes.control)),
        planning_width, 2);
}

}  // namespace

std::string simulated_size_to_text(const SimulatedSizeReport& report, bool use_colour) {
    const auto& answer = report.answer;
    const auto& sizes = answer.sizes;
    const auto trials = static_cast<double>(answer.at_sizes.replicates);
    const double power = static_cast<double>(answer.at_sizes.rejected) / trials;
    const double error = std::sqrt(power * (1 - power) / trials);
    std::string text = emphasised("Sample size by simulation", use_colour) + "\n";
    text += fmt::format("  rates       {} treated, {} control; {}:{} allocation\n",
                        fixed_text(report.rates.treated, simulated_decimals),
                        fixed_text(report.rates.control, simulated_decimals),
                        report.question.ratio.treated(), report.question.ratio.control());
    text += hypotheses_text(report.plan);
    text += fmt::format("  target      power {} of {}\n", shortest_text(report.question.power),
                        report.test);
    text += wrapped(definitions_of_tests({report.test}), planning_width, 2);
    text += wrapped(fmt::format("By simulation because {}.", report.why), planning_width, 2) + "\n";
    text += wrapped(
        fmt::format("{} women treated and {} control, {} in all ({} % interval {} to {}), give the "
                    "test {} a power of {} ± {} (standard error), by {} simulated trials of this "
                    "size out of {} with the seed {}. The interval is of the {}.",
                    count_text(sizes.treated), count_text(sizes.control),
                    count_text(sizes.treated + sizes.control),
                    shortest_text(report.question.confidence * 100), count_text(answer.lower),
                    count_text(answer.upper), report.test, fixed_text(power, simulated_decimals),
                    fixed_text(error, simulated_decimals), count_text(answer.at_sizes.replicates),
                    count_text(answer.replicates), report.seed,
                    answer.curve ? "size at which a smooth power curve crosses the target"
                                 : "smallest size that has the power; each was simulated"),
        planning_width, 2);
    if (report.recruited) {
        text += wrapped(
            fmt::format("With {} of the women dropping out, recruit {} treated and {} control. "
                        "What power is left where they count as failures is not simulated here: "
                        "give the scenario a table [dropout].",
                        shortest_text(report.dropout), count_text(report.recruited->treated),
                        count_text(report.recruited->control)),
            planning_width, 2);
    }
    return text + looks_text(answer.looks, answer.curve.has_value());
}

}  // namespace rsasim::files
