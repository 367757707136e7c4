#include "cell_text.hpp"
#include "joined.hpp"
#include "layout.hpp"
#include "state_text.hpp"
#include "statement_text.hpp"
#include "titles.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::files {
namespace {

using summary::CellParameters;
using summary::Engine;
using summary::Results;

constexpr int decimals_of_design = 4;

/// The lines of the header: a name, and what is wrapped beside it.
class Lines {
  public:
    explicit Lines(int width) : width_(static_cast<std::size_t>(std::max(width, 1))) {}

    void add(std::string_view name, std::string_view what) {
        auto lines = wrapped(what, width_, indent);
        const auto label = fmt::format("  {:<{}}", name, indent - 2);
        text_ += lines.replace(0, indent, label);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    static constexpr std::size_t indent = 14;
    std::size_t width_;
    std::string text_;
};

void add_design(Lines& lines, const CellParameters& p) {
    const auto number = [](double value) { return fixed_text(value, decimals_of_design); };
    lines.add("arms", fmt::format("{} women treated, {} control", count_text(p.n_treated),
                                  count_text(p.n_control)));
    lines.add("rates", fmt::format("{} treated, {} control{}", number(p.treated_rate),
                                   number(p.control_rate),
                                   p.is_null == summary::InNull::yes
                                       ? ": in the null hypothesis, so every rejection is an error"
                                       : ""));
    lines.add("effect",
              fmt::format("odds ratio {}, risk ratio {}, risk difference {}", number(p.odds_ratio),
                          number(p.risk_ratio), number(p.risk_difference)));
}

void add_enumeration(Lines& lines, const Results& results) {
    double skipped = 0;
    for (const auto& cell : results.cells)
        skipped = std::max(skipped, cell.skipped_probability);
    const auto remark =
        skipped > 0 ? fmt::format(" (tables left out: probability {:.0e})", skipped) : "";
    lines.add("engine", fmt::format("enumeration of all tables: exact{}", remark));
}

void add_simulation(Lines& lines, const Results& results) {
    const auto [fewest, most] =
        std::ranges::minmax(results.cells, {}, [](const auto& cell) { return cell.replicates; });
    const auto replicates =
        fewest.replicates == most.replicates
            ? count_text(most.replicates)
            : fmt::format("{} to {}", count_text(fewest.replicates), count_text(most.replicates));
    lines.add("engine", fmt::format("simulation: {} replicates{}, seed {}", replicates,
                                    results.axes.empty() ? "" : " a cell", results.seed));
    if (!results.is_complete) {
        lines.add("", fmt::format("NOT COMPLETE: {} replicates were asked for",
                                  count_text(results.replicates_requested)));
    }
}

void add_sweep(Lines& lines, const Results& results) {
    std::vector<std::string> axes;
    for (const auto& axis : results.axes) {
        std::vector<std::string> names;
        for (const auto& key : axis.keys)
            names.push_back(name_of(key));
        axes.push_back(fmt::format("{} ({} value{})", fmt::join(names, " with "), axis.size(),
                                   axis.size() == 1 ? "" : "s"));
    }
    const auto cells = count_text(static_cast<std::int64_t>(results.cells.size()));
    lines.add("sweep", fmt::format("{} cell{}: {}", cells, results.cells.size() == 1 ? "" : "s",
                                   fmt::join(axes, " by ")));
}

std::string header_text(const Results& results, const TextOptions& options) {
    const auto title = results.title.empty() ? std::string("Randomised trial") : results.title;
    const auto& first = results.cells.front().parameters;
    Lines lines(options.width);
    if (!results.outcome.empty()) {
        const bool is_higher = results.direction == design::Direction::higher_is_better;
        lines.add("outcome", fmt::format("{}; a {} rate is better", results.outcome,
                                         is_higher ? "higher" : "lower"));
    }
    if (results.axes.empty()) {
        add_design(lines, first);
    } else {
        add_sweep(lines, results);
    }
    const bool is_analysis_swept = std::ranges::any_of(
        std::array{"alpha", "sides", "confidence"},
        [&](const char* name) { return is_swept_parameter(results.axes, name); });
    if (!is_analysis_swept) {
        lines.add(
            "analysis",
            fmt::format("alpha {}, {}-sided; {} % intervals", shortest_text(first.alpha),
                        first.sides == 2 ? "two" : "one", shortest_text(100 * first.confidence)));
    }
    lines.add("hypotheses", hypotheses_of(results));
    if (results.engine == Engine::enumeration) {
        add_enumeration(lines, results);
    } else {
        add_simulation(lines, results);
    }
    return fmt::format("{}\n{}", emphasised(title, options.use_colour), lines.text());
}

std::string cell_heading(const Results& results, std::size_t cell) {
    std::vector<std::string> parts;
    for (const auto& label : labels_of(results, cell).swept) {
        const auto value = std::visit(
            [](const auto& v) {
                if constexpr (std::is_same_v<std::decay_t<decltype(v)>, double>) {
                    return number_text(v);
                } else {
                    return fmt::format("{}", v);
                }
            },
            label.value);
        parts.push_back(fmt::format("{} = {}", label.name, value));
    }
    return fmt::format("Cell {} of 0 to {}: {}", cell, results.cells.size() - 1,
                       fmt::join(parts, ", "));
}

/// A paragraph in the background; empty where there is nothing to say.
std::string remark(const std::string& text, const TextOptions& options) {
    if (text.empty()) return "";
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return muted(wrapped(text, width, 2), options.use_colour);
}

/// The sentence that answers, under what it is about.
std::string summary_line(const std::string& sentence, const TextOptions& options) {
    if (sentence.empty()) return "";
    Lines lines(options.width);
    lines.add("summary", sentence);
    return lines.text();
}

std::string legend_text(const Results& results, const TextOptions& options) {
    std::string text =
        "favourable: rejected with the estimate on the favourable side. below, above: the whole "
        "interval lies below or above the truth. infinite: unbounded (ratios on the log scale); "
        "it counts as covering and is left out of the mean width. Infinite or undefined estimates "
        "are left out of bias, SE and MSE; finite is the share of the rest. A replicate without "
        "P-value rejects nothing; one without limits covers nothing. exaggeration: mean of "
        "|estimate| / |truth| of the log odds ratio (type M error); wrong side: estimate on the "
        "other side of no effect than the truth (type S error). fragility: how many women of the "
        "arm with fewer events must have it after all for significance to be lost.";
    if (has_counts(results)) {
        text +=
            " ±: Monte Carlo standard error, which also sets the decimals. minus the first: "
            "difference "
            "of power from the first test on the same trials, with its paired error.";
    }
    return fmt::format(
        "\n{}", remark(definitions_of_tests(results.tests), options) + remark(text, options));
}

}  // namespace

void results_to_text(const Results& results, const TextOptions& options, const TextSink& sink) {
    check_shape(results);
    sink(header_text(results, options));
    if (!results.is_derived) {
        sink(fmt::format("\n{}", state_to_text(results, options)));
        return;
    }
    if (results.cells.size() > std::max<std::size_t>(options.most_cells, 1)) {
        sink(summary_line(sweep_sentence(results), options));
        sweep_text(results, options, sink);
        sink(fmt::format("\n{}", remark(definitions_of_tests(results.tests), options)));
        return;
    }
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        if (!results.axes.empty()) {
            Lines lines(options.width);
            add_design(lines, results.cells[cell].parameters);
            const auto heading = emphasised(cell_heading(results, cell), options.use_colour);
            sink(fmt::format("\n{}\n{}", heading, lines.text()));
        }
        sink(summary_line(summary_sentence(results, cell), options));
        sink(cell_text(results, cell, options));
    }
    sink(legend_text(results, options));
}

std::string results_to_text(const Results& results, const TextOptions& options) {
    return joined([&](const TextSink& sink) { results_to_text(results, options, sink); });
}

}  // namespace rsasim::files
