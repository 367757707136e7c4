#include "layout.hpp"
#include "number_text.hpp"
#include "titles.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::files {
namespace {

std::string key_title(const design::SweptKey& key) {
    std::string title(name_of(key));
    std::ranges::replace(title, '_', ' ');
    return title;
}

std::variant<double, std::string> shown_value(const design::AxisValues& values, std::size_t index) {
    if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) return (*texts)[index];
    return number_at(values, index);
}

std::string text_of_value(const std::variant<double, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return number_text(std::get<double>(value));
}

ShownAxis shown_axis(const design::Axis& axis) {
    ShownAxis shown;
    if (!axis.is_zipped()) {
        const auto& key = axis.keys.front();
        shown.title = key_title(key);
        shown.path = key.path;
        for (std::size_t i = 0; i < axis.size(); ++i)
            shown.values.push_back(shown_value(key.values, i));
        return shown;
    }
    for (const auto& key : axis.keys) {
        shown.title += (shown.title.empty() ? "" : ", ") + key_title(key);
    }
    for (std::size_t i = 0; i < axis.size(); ++i) {
        std::string text;
        for (const auto& key : axis.keys) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key_title(key),
                                text_of_value(shown_value(key.values, i)));
        }
        shown.values.emplace_back(text);
    }
    return shown;
}

}  // namespace

std::string test_title(const std::string& label) {
    return title_of(analysis::Role::test, design::Measure::odds_ratio, label);
}

std::string interval_title(const std::string& label) {
    const auto parts = parts_of(label);
    const auto measure = measure_named(parts.measure);
    return fmt::format("{}: {}", words_of(measure),
                       title_of(analysis::Role::interval, measure, parts.method));
}

std::string pair_title(const std::string& label) {
    const auto bar = label.find('|');
    if (bar == std::string::npos) return label;
    return fmt::format("{} and {}", test_title(label.substr(0, bar)),
                       interval_title(label.substr(bar + 1)));
}

std::vector<ShownAxis> shown_axes(const summary::Results& results) {
    std::vector<ShownAxis> axes;
    for (const auto& axis : results.axes)
        axes.push_back(shown_axis(axis));
    return axes;
}

std::vector<std::size_t> places_of(const summary::Results& results, std::size_t cell) {
    return position_of(results.axes, cell);
}

std::string number_text(double value) {
    return std::isnan(value) ? "" : fmt::format("{:.12g}", value);
}

}  // namespace rsasim::files
