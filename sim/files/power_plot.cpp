#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include <rsasim/files/power_plot.hpp>
#include <rsasim/files/results_labels.hpp>

namespace rsasim::files {
namespace {

constexpr std::size_t most_tests = 6;
constexpr std::size_t rows = 21;  // a row each 0.05
constexpr std::string_view marks = "ABCDEF";

std::string bars(const summary::Results& results) {
    std::string text = "Power, from 0 to 1\n\n";
    constexpr int columns = 50;
    for (std::size_t t = 0; t < results.tests.size(); ++t) {
        const double power = results.cells.front().summary.tests[t].power.value;
        if (!(power >= 0 && power <= 1)) continue;
        const auto length = static_cast<std::size_t>(std::lround(power * columns));
        text += fmt::format("{:<30.30} |{:<{}}| {:.4f}\n", test_title(results.tests[t]),
                            std::string(length, '#'), columns, power);
    }
    return text;
}

/// The longest axis of numbers.
std::size_t axis_of(const std::vector<ShownAxis>& axes) {
    std::size_t best = axes.size();
    for (std::size_t k = 0; k < axes.size(); ++k) {
        const bool is_longer =
            best == axes.size() || axes[k].values.size() > axes[best].values.size();
        if (axes[k].is_numeric() && axes[k].values.size() > 1 && is_longer) best = k;
    }
    return best;
}

std::string axis_value_text(const std::variant<double, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return number_text(std::get<double>(value));
}

/// The other axes stay at their last value.
bool is_shown(const std::vector<std::size_t>& places, const std::vector<ShownAxis>& axes,
              std::size_t x) {
    for (std::size_t k = 0; k < axes.size(); ++k) {
        if (k != x && places[k] + 1 != axes[k].values.size()) return false;
    }
    return true;
}

std::string plot_legend(const summary::Results& results, const std::vector<ShownAxis>& axes,
                        std::size_t x) {
    std::string text;
    const auto shown = std::min(results.tests.size(), most_tests);
    for (std::size_t t = 0; t < shown; ++t)
        text += fmt::format("  {} {}\n", marks[t], test_title(results.tests[t]));
    text += "  * several tests\n";
    if (shown < results.tests.size())
        text += fmt::format("  (the first {} of {} tests)\n", shown, results.tests.size());
    for (std::size_t k = 0; k < axes.size(); ++k) {
        if (k == x) continue;
        const auto value = axis_value_text(axes[k].values.back());
        text += fmt::format("  at {} {}\n", axes[k].title, value);
    }
    return text;
}

}  // namespace

std::string power_plot(const summary::Results& results, int width) {
    if (!results.is_derived || results.tests.empty()) return "There is no power to draw.\n";
    const auto axes = shown_axes(results);
    const auto x = axis_of(axes);
    if (x == axes.size()) {
        return (axes.empty() ? "" : "The first cell: no axis has two numbers or more.\n") +
               bars(results);
    }
    const auto columns = static_cast<std::size_t>(std::clamp(width - 10, 30, 100));
    std::vector<std::string> lines(rows, std::string(columns, ' '));
    double lowest = std::get<double>(axes[x].values.front()), highest = lowest;
    for (const auto& value : axes[x].values) {
        lowest = std::min(lowest, std::get<double>(value));
        highest = std::max(highest, std::get<double>(value));
    }
    for (std::size_t c = 0; c < results.cells.size(); ++c) {
        const auto places = places_of(results, c);
        if (!is_shown(places, axes, x)) continue;
        const double share =
            (std::get<double>(axes[x].values[places[x]]) - lowest) / (highest - lowest);
        const auto column = static_cast<std::size_t>(std::lround(share * double(columns - 1)));
        for (std::size_t t = 0; t < std::min(results.tests.size(), most_tests); ++t) {
            const double power = results.cells[c].summary.tests[t].power.value;
            if (!(power >= 0 && power <= 1)) continue;
            char& place = lines[static_cast<std::size_t>(std::lround(power * (rows - 1)))][column];
            place = place == ' ' ? marks[t] : '*';
        }
    }
    std::string text = "power\n";
    for (std::size_t row = rows; row-- > 0;) {
        const auto label = row % 4 == 0 ? fmt::format("{:.1f}", double(row) / (rows - 1)) : "";
        text += fmt::format("{:>5} |{}\n", label, lines[row]);
    }
    const auto left = number_text(lowest), right = number_text(highest);
    text += fmt::format("      +{}\n       {}{:>{}}\n       {}\n", std::string(columns, '-'), left,
                        right, columns - left.size(), axes[x].title);
    return text + plot_legend(results, axes, x);
}

}  // namespace rsasim::files
