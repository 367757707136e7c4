#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include <rsasim/summary/results.hpp>

/// What readers are shown in place of ids.
namespace rsasim::files {

/// "Pearson chi-square" for the label "pearson".
std::string test_title(const std::string& label);
/// "odds ratio: Woolf" for the label "odds_ratio:woolf".
std::string interval_title(const std::string& label);
/// "Fisher and odds ratio: Woolf" for the label "fisher|odds_ratio:woolf".
std::string pair_title(const std::string& label);

/// An axis of a sweep as pictures show it. Values are all numbers or all texts; keys that move
/// together give texts, each with its name.
struct ShownAxis {
    std::string title;
    std::string path;  ///< of the key; empty where several move together
    std::vector<std::variant<double, std::string>> values;
    [[nodiscard]] bool is_numeric() const {
        return !values.empty() && std::holds_alternative<double>(values.front());
    }
};
std::vector<ShownAxis> shown_axes(const summary::Results& results);

/// The row-major place of a cell on each axis.
std::vector<std::size_t> places_of(const summary::Results& results, std::size_t cell);

/// A number for a reader: at most 12 significant digits, so that 0.95 is not 0.9500000000000001.
std::string number_text(double value);

}  // namespace rsasim::files
