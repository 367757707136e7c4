#include "cell_text.hpp"
#include "layout.hpp"

#include <algorithm>
#include <cmath>

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
    double largest = 0;
    for (const auto& cell : results.cells) {
        const double mcse = cell.summary.tests[test].power.mcse;
        if (std::isfinite(mcse)) largest = std::max(largest, mcse);
    }
    return decimals_for(largest, results.engine);
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

/// The lines of the cells.
class SweepTable {
  public:
    SweepTable(const summary::Results& results, const TextOptions& options) : results_(results) {
        for (const auto& swept : labels_of(results, 0).swept)
            columns_.add(swept.name, Align::right);
        columns_.add("women", Align::right, 1);
        for (std::size_t test = 0; test < results.tests.size(); ++test) {
            const int importance = test == 0 ? 0 : static_cast<int>(test) + 1;
            columns_.add(results.tests[test], Align::right, importance);
            decimals_.push_back(decimals_of_power(results, test));
        }
        for (std::size_t cell = 0; cell < results.cells.size(); ++cell)
            columns_.measure(row_of(cell));
        const auto width = static_cast<std::size_t>(std::max(options.width, 1));
        left_out_ = columns_.fit({width, 2, options.use_colour});
    }

    void print(const TextSink& sink) const {
        sink(columns_.heading_line());
        for (std::size_t cell = 0; cell < results_.cells.size(); ++cell)
            sink(columns_.line(row_of(cell)));
    }

    /// Headings of the columns that there is no room for.
    [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }

  private:
    [[nodiscard]] std::vector<std::string> row_of(std::size_t cell) const {
        const auto& one = results_.cells[cell];
        std::vector<std::string> row;
        for (const auto& swept : labels_of(results_, cell).swept)
            row.push_back(text_of(swept.value));
        row.push_back(fmt::format("{}+{}", one.parameters.n_treated, one.parameters.n_control));
        for (std::size_t test = 0; test < decimals_.size(); ++test)
            row.push_back(fixed_text(one.summary.tests[test].power.value, decimals_[test]));
        return row;
    }

    const summary::Results& results_;
    TableColumns columns_;
    std::vector<int> decimals_;  ///< of each test
    std::vector<std::string> left_out_;
};

}  // namespace

void sweep_text(const summary::Results& results, const TextOptions& options, const TextSink& sink) {
    const bool all_null = std::ranges::all_of(results.cells, [](const auto& cell) {
        return cell.parameters.is_null == summary::InNull::yes;
    });
    sink(fmt::format("\n{}\n",
                     emphasised(fmt::format("{} by cell", all_null ? "Type I error" : "Power"),
                                options.use_colour)));
    const SweepTable table(results, options);
    table.print(sink);
    auto remark = error_remark(results) + extreme_shares_remark(results, results.cells);
    if (!table.left_out().empty()) {
        remark += fmt::format("No room for {}. ", fmt::join(table.left_out(), ", "));
    }
    remark += "All figures of all cells: --json, or rsasim show RESULTS.h5 --csv.";
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    sink(fmt::format("\n{}", wrapped(remark, width, 2)));
}

}  // namespace rsasim::files
