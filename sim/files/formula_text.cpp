#include "number_text.hpp"
#include "text_table.hpp"

#include <algorithm>

#include <rsasim/files/formula_text.hpp>

namespace rsasim::files {
namespace {

constexpr std::size_t formula_text_width = 100;
constexpr int formula_power_decimals = 6;
constexpr int real_size_decimals = 2;

std::vector<std::string> formula_cells(const FormulaRow& row, bool with_exact_power) {
    const auto& [formula, real, sizes, power] = row.size;
    std::vector<std::string> cells{std::string(planning::title_of(formula)),
                                   fixed_text(real.treated, real_size_decimals),
                                   fixed_text(real.control, real_size_decimals),
                                   count_text(sizes.treated),
                                   count_text(sizes.control),
                                   count_text(sizes.treated + sizes.control),
                                   fixed_text(power, formula_power_decimals)};
    if (with_exact_power) {
        cells.push_back(row.exact_power ? fixed_text(*row.exact_power, formula_power_decimals)
                                        : "–");
    }
    return cells;
}

}  // namespace

std::string formulas_to_text(const std::vector<FormulaRow>& rows, bool use_colour) {
    std::string text = emphasised("Sample sizes by formula", use_colour) + "\n";
    if (rows.empty()) {
        return text + wrapped(
                          "No formula answers this question: each has its own scale, and rates "
                          "of 0 or 1 have no variance on some.",
                          formula_text_width, 2);
    }
    const bool with_exact_power = std::ranges::any_of(
        rows, [](const FormulaRow& row) { return row.exact_power.has_value(); });
    TextTable table;
    table.add_column("formula", Align::left);
    table.add_column("n treated", Align::right, 2);
    table.add_column("n control", Align::right, 2);
    table.add_column("treated", Align::right);
    table.add_column("control", Align::right);
    table.add_column("total", Align::right, 1);
    table.add_column("power", Align::right);
    if (with_exact_power) table.add_column("exact", Align::right);
    for (const FormulaRow& row : rows)
        table.add_row(formula_cells(row, with_exact_power));
    text += table.render({formula_text_width, 2, use_colour}).text;
    std::string legend =
        "n is what the formula asks for, the sizes beside it are the next whole steps of the "
        "ratio, and power is the formula's own at these sizes. The variance is that of the rates "
        "in the null hypothesis or in truth.";
    if (with_exact_power) legend += " Exact is the power of the test there, by enumeration.";
    return text + wrapped(legend, formula_text_width, 2);
}

}  // namespace rsasim::files
