#include "pictures.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::report {
namespace {

std::string text_of_value(const std::variant<double, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return files::number_text(std::get<double>(value));
}

Json select_box(const std::string& name, const std::string& title, Json options, Json labels,
                const Json& chosen) {
    return {{"name", name},
            {"value", chosen},
            {"bind",
             {{"input", "select"},
              {"name", title},
              {"options", std::move(options)},
              {"labels", std::move(labels)}}}};
}

}  // namespace

Gallery gallery_of(const ReportInput& input) {
    Gallery gallery;
    gallery.axes = files::shown_axes(input.results);
    add_power(gallery, input);
    add_curves(gallery, input);
    add_intervals(gallery, input);
    add_samples(gallery, input);
    add_audit(gallery, input);
    return gallery;
}

Json vega_config() {
    return Json::parse(R"({
        "font": "Segoe UI, Helvetica Neue, Arial, sans-serif",
        "background": "white",
        "view": {"stroke": null},
        "axis": {"labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": 600,
                 "gridColor": "#e6e6e6", "labelColor": "#333", "titleColor": "#1a1a1a",
                 "labelLimit": 460, "titlePadding": 8},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260,
                   "symbolStrokeWidth": 2},
        "range": {"category": ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9",
                               "#000000", "#8c6d00"]}
    })");
}

void Boxes::add_axis(std::size_t k, const files::ShownAxis& axis, std::size_t chosen) {
    Json options = Json::array(), labels = Json::array();
    for (std::size_t i = 0; i < axis.values.size(); ++i) {
        options.push_back(i);
        labels.push_back(text_of_value(axis.values[i]));
    }
    params.push_back(select_box(fmt::format("s{}", k), axis.title, options, labels, chosen));
    filters.push_back({{"filter", fmt::format("datum.i{0} == s{0}", k)}});
}

void Boxes::add_axes_but(const std::vector<files::ShownAxis>& axes,
                         const std::vector<std::size_t>& shown) {
    for (std::size_t k = 0; k < axes.size(); ++k) {
        // The last value: in sweeps of effects and sizes the first is often the null.
        if (std::ranges::find(shown, k) == shown.end())
            add_axis(k, axes[k], axes[k].values.size() - 1);
    }
}

void Boxes::add_texts(const std::string& field, const std::string& title,
                      const std::vector<std::string>& texts) {
    const auto name = "chosen_" + field;
    params.push_back(select_box(name, title, texts, texts, texts.front()));
    filters.push_back({{"filter", fmt::format("datum.{} == {}", field, name)}});
}

void Boxes::add_cells(const summary::Results& results, const Dataset& data) {
    const auto cells = data.integers("cell");
    if (cells.size() < 2) return;
    Json labels = Json::array();
    for (const auto cell : cells)
        labels.push_back(cell_text(results, static_cast<std::size_t>(cell)));
    params.push_back(select_box("chosen_cell", "cell", cells, labels, cells.back()));
    filters.push_back({{"filter", "datum.cell == chosen_cell"}});
}

std::string cell_text(const summary::Results& results, std::size_t cell) {
    const auto axes = files::shown_axes(results);
    const auto places = files::places_of(results, cell);
    std::string text;
    for (std::size_t k = 0; k < axes.size(); ++k) {
        const auto value = text_of_value(axes[k].values[places[k]]);
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", axes[k].title, value);
    }
    return text;
}

}  // namespace rsasim::report
