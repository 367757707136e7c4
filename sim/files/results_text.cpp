#include "cell_text.hpp"
#include "layout.hpp"
#include "titles.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {
namespace {

using summary::CellParameters;
using summary::Engine;
using summary::Results;

constexpr int decimals_of_design = 4;

std::string line(std::string_view name, const std::string& what) {
    return fmt::format("  {:<10}  {}\n", name, what);
}

std::string design_lines(const CellParameters& p) {
    const auto number = [](double value) { return fixed_text(value, decimals_of_design); };
    auto text = line("arms", fmt::format("{} women treated, {} control", count_text(p.n_treated),
                                         count_text(p.n_control)));
    text +=
        line("rates",
             fmt::format("{} treated, {} control{}", number(p.treated_rate), number(p.control_rate),
                         p.is_null ? ": no effect, so every rejection is an error" : ""));
    return text + line("effect", fmt::format("odds ratio {}, risk ratio {}, risk difference {}",
                                             number(p.odds_ratio), number(p.risk_ratio),
                                             number(p.risk_difference)));
}

std::string analysis_line(const CellParameters& p) {
    return line("analysis",
                fmt::format("alpha {}, {}-sided; {} % intervals", shortest_text(p.alpha),
                            p.sides == 2 ? "two" : "one", shortest_text(100 * p.confidence)));
}

std::string engine_lines(const Results& results) {
    if (results.engine == Engine::enumeration) {
        double skipped = 0;
        for (const auto& cell : results.cells) {
            skipped = std::max(skipped, cell.skipped_probability);
        }
        const auto remark =
            skipped > 0 ? fmt::format(" (tables left out: probability {:.0e})", skipped) : "";
        return line("engine", fmt::format("enumeration of all tables: exact{}", remark));
    }
    const auto [fewest, most] =
        std::ranges::minmax(results.cells, {}, [](const auto& cell) { return cell.replicates; });
    const auto replicates =
        fewest.replicates == most.replicates
            ? count_text(most.replicates)
            : fmt::format("{} to {}", count_text(fewest.replicates), count_text(most.replicates));
    auto text = line("engine", fmt::format("simulation: {} replicates{}, seed {}", replicates,
                                           results.axes.empty() ? "" : " a cell", results.seed));
    if (!results.is_complete) {
        text += line("", fmt::format("NOT COMPLETE: {} replicates were asked for",
                                     count_text(results.replicates_requested)));
    }
    return text;
}

std::string sweep_line(const Results& results) {
    std::vector<std::string> axes;
    for (const auto& axis : results.axes) {
        std::vector<std::string> names;
        for (const auto& key : axis.keys)
            names.push_back(name_of(key));
        axes.push_back(fmt::format("{} ({} values)", fmt::join(names, " with "), axis.size()));
    }
    return line("sweep", fmt::format("{} cells: {}",
                                     count_text(static_cast<std::int64_t>(results.cells.size())),
                                     fmt::join(axes, " by ")));
}

std::string header_text(const Results& results, bool use_colour) {
    const auto title = results.title.empty() ? std::string("Randomised trial") : results.title;
    auto text = emphasised(title, use_colour) + "\n";
    if (!results.outcome.empty()) {
        const bool is_higher = results.direction == design::Direction::higher_is_better;
        text += line("outcome", fmt::format("{}; a {} rate is better", results.outcome,
                                            is_higher ? "higher" : "lower"));
    }
    if (results.axes.empty()) {
        text += design_lines(results.cells.front().parameters);
    } else {
        text += sweep_line(results);
    }
    if (!is_swept_parameter(results.axes, "alpha") && !is_swept_parameter(results.axes, "sides") &&
        !is_swept_parameter(results.axes, "confidence")) {
        text += analysis_line(results.cells.front().parameters);
    }
    return text + engine_lines(results);
}

std::string cell_heading(const Results& results, std::size_t cell) {
    std::vector<std::string> parts;
    for (const auto& label : labels_of(results, cell).swept) {
        const auto value = std::visit(
            [](const auto& v) {
                if constexpr (std::is_same_v<std::decay_t<decltype(v)>, double>) {
                    return shortest_text(v);
                } else {
                    return fmt::format("{}", v);
                }
            },
            label.value);
        parts.push_back(fmt::format("{} = {}", label.name, value));
    }
    return fmt::format("Cell {} of {}: {}", cell + 1, results.cells.size(), fmt::join(parts, ", "));
}

std::string legend_text(const Results& results, const TextOptions& options) {
    std::string text =
        "favourable: rejected with the estimate on the favourable side. below, above: the whole "
        "interval lies below or above the truth. infinite: unbounded (ratios on the log scale); "
        "it counts as covering and is left out of the mean width. Infinite or undefined estimates "
        "are left out of bias, SE and MSE; finite is the share of the rest. A replicate without "
        "P-value rejects nothing; one without limits covers nothing.";
    if (has_counts(results)) {
        text +=
            " ±: Monte Carlo standard error, which also sets the decimals. minus the first: "
            "difference "
            "of power from the first test on the same trials, with its paired error.";
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", muted(wrapped(text, width, 2), options.use_colour));
}

}  // namespace

std::string results_to_text(const Results& results, const TextOptions& options) {
    check_shape(results);
    auto text = header_text(results, options.use_colour);
    if (results.cells.size() > std::max<std::size_t>(options.most_cells, 1)) {
        return text + sweep_text(results, options);
    }
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        if (!results.axes.empty()) {
            text +=
                fmt::format("\n{}\n{}", emphasised(cell_heading(results, cell), options.use_colour),
                            design_lines(results.cells[cell].parameters));
        }
        text += cell_text(results, cell, options);
    }
    return text + legend_text(results, options);
}

}  // namespace rsasim::files
