#include "cell_text.hpp"
#include "layout.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::files {
namespace {

std::string text_of(const LabelValue& value) {
    return std::visit(
        [](const auto& v) -> std::string {
            using Value = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<Value, std::string>) {
                return v;
            } else if constexpr (std::is_same_v<Value, double>) {
                return number_text(v);
            } else {
                return fmt::format("{}", static_cast<std::int64_t>(v));
            }
        },
        value);
}

/// The decimals of the power of one test over all cells.
int decimals_of_power(const summary::Results& results, std::size_t test) {
    std::vector<summary::Figure> figures;
    for (const auto& cell : results.cells)
        figures.push_back(cell.summary.tests[test].power);
    return decimals_for(figures, results.engine);
}

/// Errors are left out of the lines: the largest one is said once.
std::string error_remark(const summary::Results& results) {
    double largest = 0;
    for (const auto& cell : results.cells) {
        for (const auto& test : cell.summary.tests) {
            if (test.power.mcse > largest) largest = test.power.mcse;
        }
    }
    if (!(largest > 0)) return "";
    return fmt::format("Monte Carlo standard errors are at most {}. ",
                       fixed_text(largest, decimals_for(largest)));
}

}  // namespace

std::string sweep_text(const summary::Results& results, const TextOptions& options) {
    TextTable table;
    const auto first = labels_of(results, 0);
    for (const auto& swept : first.swept)
        table.add_column(swept.name, Align::right);
    table.add_column("women", Align::right, 1);
    std::vector<int> decimals;
    for (std::size_t test = 0; test < results.tests.size(); ++test) {
        const int importance = test == 0 ? 0 : static_cast<int>(test) + 1;
        table.add_column(results.tests[test], Align::right, importance);
        decimals.push_back(decimals_of_power(results, test));
    }
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        const auto& one = results.cells[cell];
        std::vector<std::string> row;
        for (const auto& swept : labels_of(results, cell).swept)
            row.push_back(text_of(swept.value));
        row.push_back(fmt::format("{}+{}", one.parameters.n_treated, one.parameters.n_control));
        for (std::size_t test = 0; test < decimals.size(); ++test) {
            row.push_back(fixed_text(one.summary.tests[test].power.value, decimals[test]));
        }
        table.add_row(std::move(row));
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    const auto rendered = table.render({width, 2, options.use_colour});
    const bool all_null = std::ranges::all_of(
        results.cells, [](const auto& cell) { return cell.parameters.is_null; });
    auto text =
        fmt::format("\n{}\n{}",
                    emphasised(fmt::format("{} by cell", all_null ? "Type I error" : "Power"),
                               options.use_colour),
                    rendered.text);
    auto remark = error_remark(results) + extreme_shares_remark(results, results.cells);
    if (!rendered.left_out.empty()) {
        remark += fmt::format("No room for {}. ", fmt::join(rendered.left_out, ", "));
    }
    remark += "All figures of all cells: --json, or rsasim show RESULTS.h5 --csv.";
    return text + "\n" + wrapped(remark, width, 2);
}

}  // namespace rsasim::files
