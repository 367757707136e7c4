#include "pictures.hpp"

#include <cmath>

#include <fmt/format.h>

#include <rsasim/summary/precision.hpp>

namespace rsasim::report {
namespace {

/// Digits of what is drawn but not compared: widths, and the ends of Monte Carlo bands.
constexpr int coarse = 5;

Dataset coverage_data(const summary::Results& results) {
    Dataset data({{"cell", "cell"},
                  {"m", "interval", true},
                  {"coverage", "coverage"},
                  {"lo", "95 % Monte Carlo interval from"},
                  {"hi", "to"},
                  {"below", "misses: interval below the truth"},
                  {"above", "misses: interval above the truth"},
                  {"nominal", "confidence"}});
    for (std::size_t c = 0; c < results.cells.size(); ++c) {
        const auto& cell = results.cells[c];
        for (std::size_t i = 0; i < results.intervals.size(); ++i) {
            const auto& one = cell.summary.intervals[i];
            const auto band = summary::wilson_limits(one.coverage.value, cell.replicates);
            data.add({c, files::interval_title(results.intervals[i]), rounded(one.coverage.value),
                      rounded(band.lower, coarse), rounded(band.upper, coarse),
                      rounded(one.miss_below.value), rounded(one.miss_above.value),
                      rounded(cell.parameters.confidence)});
        }
    }
    return data;
}

Dataset width_data(const summary::Results& results) {
    Dataset data({{"cell", "cell"},
                  {"m", "interval", true},
                  {"scale", "width on the scale of", true},
                  {"q05", "5 %"},
                  {"q25", "25 %"},
                  {"q50", "median"},
                  {"q75", "75 %"},
                  {"q95", "95 %"}});
    for (std::size_t c = 0; c < results.cells.size(); ++c) {
        for (std::size_t i = 0; i < results.intervals.size(); ++i) {
            const auto& one = results.cells[c].summary.intervals[i];
            const auto& label = results.intervals[i];
            const bool is_difference = label.find("difference:") != std::string::npos;
            data.add({c, files::interval_title(label), is_difference ? "differences" : "log ratios",
                      rounded(one.width_q05.value, coarse), rounded(one.width_q25.value, coarse),
                      rounded(one.width_q50.value, coarse), rounded(one.width_q75.value, coarse),
                      rounded(one.width_q95.value, coarse)});
        }
    }
    return data;
}

/// The frame of pictures with one row a method.
Json one_row_a_method(const Boxes& boxes, Json layers) {
    return {{"width", 430},
            {"height", {{"step", 20}}},
            {"params", boxes.params},
            {"transform", boxes.filters},
            {"encoding",
             {{"y", {{"field", "m"}, {"type", "nominal"}, {"title", nullptr}, {"sort", nullptr}}}}},
            {"layer", std::move(layers)}};
}

Json coverage_layers() {
    return Json::parse(R"([
        {"mark": {"type": "rule", "strokeDash": [6, 4], "color": "#555"},
         "encoding": {"y": null, "x": {"aggregate": "mean", "field": "nominal",
                                       "type": "quantitative"}}},
        {"mark": {"type": "rule", "strokeWidth": 3, "color": "#0072b2"},
         "encoding": {"x": {"field": "lo", "type": "quantitative", "title": "coverage",
                            "scale": {"zero": false}}, "x2": {"field": "hi"}}},
        {"mark": {"type": "point", "filled": true, "size": 60, "color": "#0072b2"},
         "encoding": {"x": {"field": "coverage", "type": "quantitative"},
                      "tooltip": [{"field": "m", "title": "interval"}, {"field": "coverage"},
                                  {"field": "lo", "title": "from"}, {"field": "hi", "title": "to"}]}}
    ])");
}

Json miss_layers() {
    auto layers = Json::parse(R"([
        {"transform": [{"calculate": "-datum.below", "as": "left"}],
         "mark": {"type": "bar", "color": "#d55e00"},
         "encoding": {"x": {"field": "left", "type": "quantitative",
             "title": "← whole interval below the truth | above the truth →",
             "axis": {"labelExpr": "format(abs(datum.value), '~g') "}},
             "tooltip": [{"field": "m", "title": "interval"}, {"field": "below"}]}},
        {"mark": {"type": "bar", "color": "#0072b2"},
         "encoding": {"x": {"field": "above", "type": "quantitative"},
             "tooltip": [{"field": "m", "title": "interval"}, {"field": "above"}]}}
    ])");
    for (const auto* limit : {"(1 - datum.c) / 2", "(datum.c - 1) / 2"}) {
        auto rule = Json::parse(R"({
            "transform": [{"aggregate": [{"op": "mean", "field": "nominal", "as": "c"}]}],
            "mark": {"type": "rule", "strokeDash": [6, 4], "color": "#333"},
            "encoding": {"y": null, "x": {"field": "limit", "type": "quantitative"}}})");
        rule["transform"].push_back({{"calculate", limit}, {"as", "limit"}});
        layers.push_back(std::move(rule));
    }
    return layers;
}

Json width_layers() {
    return Json::parse(R"([
        {"mark": {"type": "rule", "color": "#0072b2"},
         "encoding": {"x": {"field": "q05", "type": "quantitative", "title": "width",
                            "scale": {"zero": true}}, "x2": {"field": "q95"}}},
        {"mark": {"type": "bar", "color": "#56b4e9", "size": 10},
         "encoding": {"x": {"field": "q25", "type": "quantitative"}, "x2": {"field": "q75"}}},
        {"mark": {"type": "tick", "color": "#000", "thickness": 2, "size": 14},
         "encoding": {"x": {"field": "q50", "type": "quantitative"},
             "tooltip": [{"field": "m", "title": "interval"}, {"field": "q50", "title": "median"}]}}
    ])");
}

/// Coverage along the control rate, where that was swept.
void add_coverage_along_rate(Gallery& gallery) {
    for (std::size_t k = 0; k < gallery.axes.size(); ++k) {
        const auto& axis = gallery.axes[k];
        if (axis.path != "arms.control_rate" || axis.values.size() < 2) continue;
        Boxes boxes;
        boxes.add_texts("m", "interval", gallery.datasets.at("intervals").texts("m"));
        boxes.add_axes_but(gallery.axes, {k});
        const Json x{{"field", fmt::format("a{}", k)},
                     {"type", "quantitative"},
                     {"title", "control rate"},
                     {"scale", {{"zero", false}}}};
        auto layers = Json::parse(R"([
            {"mark": {"type": "area", "opacity": 0.2, "color": "#0072b2"},
             "encoding": {"y": {"field": "lo", "type": "quantitative", "title": "coverage",
                                "scale": {"zero": false}}, "y2": {"field": "hi"}}},
            {"mark": {"type": "line", "point": true, "color": "#0072b2"},
             "encoding": {"y": {"field": "coverage", "type": "quantitative"}}},
            {"mark": {"type": "line", "strokeDash": [6, 4], "color": "#555"},
             "encoding": {"y": {"field": "nominal", "type": "quantitative"}}}
        ])");
        gallery.pictures.push_back({"coverage-rate",
                                    "Coverage against the control rate",
                                    "The dashed line is the nominal confidence.",
                                    "Coverage of an interval against the control rate",
                                    "intervals",
                                    {{"width", 640},
                                     {"height", 280},
                                     {"params", boxes.params},
                                     {"transform", boxes.filters},
                                     {"encoding", {{"x", x}}},
                                     {"layer", layers}}});
    }
}

}  // namespace

void add_intervals(Gallery& gallery, const ReportInput& input) {
    if (input.results.intervals.empty()) return;
    gallery.datasets.emplace("intervals", coverage_data(input.results));
    gallery.datasets.emplace("widths", width_data(input.results));
    Boxes boxes;
    boxes.add_axes_but(gallery.axes, {});
    gallery.pictures.push_back(
        {"coverage", "Coverage of the confidence intervals",
         "Share of trials whose interval contains the true effect, with its 95 % Monte Carlo "
         "interval where it was simulated; the dashed line is the nominal confidence. The axis "
         "does not start at 0.",
         "Coverage of each confidence interval", "intervals",
         one_row_a_method(boxes, coverage_layers())});
    add_coverage_along_rate(gallery);
    gallery.pictures.push_back(
        {"misses", "On which side intervals miss",
         "Left: the whole interval lies below the truth. Right: above it. The dashed lines are "
         "half of what the nominal confidence allows.",
         "Share of intervals below and above the truth", "intervals",
         one_row_a_method(boxes, miss_layers())});
    Boxes with_scale = boxes;
    with_scale.add_texts("scale", "scale", gallery.datasets.at("widths").texts("scale"));
    gallery.pictures.push_back(
        {"widths", "How wide the intervals are",
         "Median (tick), middle half (bar) and 5 to 95 % (line) over the trials. Ratios: the "
         "logarithm of upper over lower limit. What is missing is unbounded.",
         "Quantiles of the widths of the intervals", "widths",
         one_row_a_method(with_scale, width_layers())});
}

}  // namespace rsasim::report
