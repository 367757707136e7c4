#include "pictures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace rsasim::report {
namespace {

bool is_ratio_label(const std::string& label) {
    return label.find("difference:") == std::string::npos;
}

/// The limits as drawn: ratios as logarithms; an unbounded end is cut off, and said to be.
Dataset zip_data(const Samples& samples) {
    Dataset data({{"cell", "cell"},
                  {"m", "interval", true},
                  {"replicate", "replicate"},
                  {"lower", "lower limit (ratios: log)"},
                  {"upper", "upper limit (ratios: log)"},
                  {"truth", "truth (ratios: log)"},
                  {"covers", "contains the truth", true},
                  {"bounded", "bounded", true}});
    for (const auto& one : samples.intervals) {
        const bool is_ratio = is_ratio_label(one.interval);
        const auto scaled = [&](double limit) { return is_ratio ? std::log(limit) : limit; };
        const double truth = scaled(one.truth);
        const double lower = scaled(one.lower), upper = scaled(one.upper);
        constexpr double far = 6;
        const bool covers = one.lower <= one.truth && one.truth <= one.upper;
        data.add({one.cell, files::interval_title(one.interval), one.replicate,
                  rounded(std::isinf(lower) ? truth - far : lower),
                  rounded(std::isinf(upper) ? truth + far : upper), rounded(truth),
                  covers ? "yes" : "no", std::isinf(lower) || std::isinf(upper) ? "no" : "yes"});
    }
    return data;
}

Dataset p_value_data(const Samples& samples) {
    Dataset data({{"cell", "cell"},
                  {"m", "test", true},
                  {"from", "P from"},
                  {"to", "P to"},
                  {"share", "share of trials"}});
    for (const auto& one : samples.p_values) {
        const auto bins = static_cast<double>(p_value_bins);
        data.add({one.cell, files::test_title(one.test),
                  rounded(static_cast<double>(one.bin) / bins),
                  rounded(static_cast<double>(one.bin + 1) / bins), rounded(one.share)});
    }
    return data;
}

Json zip_spec(const Boxes& boxes) {
    auto spec = Json::parse(R"({
        "width": 560, "height": 420,
        "encoding": {"y": {"field": "rank", "type": "quantitative",
                           "title": "trials, by distance from the truth",
                           "axis": {"labels": false, "ticks": false, "grid": false}}},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2},
             "encoding": {
                "x": {"field": "lower", "type": "quantitative",
                      "title": "limits; ratios as logarithms", "scale": {"zero": false}},
                "x2": {"field": "upper"},
                "color": {"field": "covers", "type": "nominal", "title": "contains the truth",
                    "scale": {"domain": ["yes", "no"], "range": ["#0072b2", "#d55e00"]}},
                "strokeDash": {"field": "bounded", "type": "nominal", "title": "bounded",
                    "scale": {"domain": ["yes", "no"], "range": [[1, 0], [3, 3]]}},
                "tooltip": [{"field": "replicate"}, {"field": "lower"}, {"field": "upper"}]}},
            {"mark": {"type": "rule", "color": "#222", "strokeDash": [6, 4]},
             "encoding": {"y": null, "x": {"aggregate": "mean", "field": "truth",
                                           "type": "quantitative"}}}
        ]})");
    spec["params"] = boxes.params;
    auto steps = boxes.filters;
    steps.push_back(
        {{"calculate", "abs((datum.lower + datum.upper) / 2 - datum.truth)"}, {"as", "distance"}});
    steps.push_back(Json::parse(R"({"window": [{"op": "row_number", "as": "rank"}],
                                    "sort": [{"field": "distance"}]})"));
    spec["transform"] = steps;
    return spec;
}

Json p_value_spec(const Boxes& boxes) {
    auto spec = Json::parse(R"({
        "width": 560, "height": 240, "mark": {"type": "bar", "color": "#0072b2"},
        "encoding": {
            "x": {"field": "from", "type": "quantitative", "title": "P-value",
                  "bin": {"binned": true, "step": 0.05}, "scale": {"domain": [0, 1]}},
            "x2": {"field": "to"},
            "y": {"field": "share", "type": "quantitative", "title": "share of trials"},
            "tooltip": [{"field": "from"}, {"field": "to"}, {"field": "share"}]}})");
    spec["params"] = boxes.params;
    spec["transform"] = boxes.filters;
    return spec;
}

}  // namespace

void add_samples(Gallery& gallery, const ReportInput& input) {
    if (!input.samples.intervals.empty()) {
        const auto& data = gallery.datasets.emplace("zip", zip_data(input.samples)).first->second;
        Boxes boxes;
        boxes.add_texts("m", "interval", data.texts("m"));
        boxes.add_cells(input.results, data);
        gallery.pictures.push_back(
            {"zip", "Intervals of single trials",
             "Simulated trials one above the other, the farthest from the truth on top. The dashed "
             "line is the truth; intervals that miss it have the other colour. The trials are the "
             "first replicates of the stored scenario and seed.",
             "Confidence intervals of a sample of simulated trials", "zip", zip_spec(boxes)});
    }
    if (!input.samples.p_values.empty()) {
        const auto& data =
            gallery.datasets.emplace("p_values", p_value_data(input.samples)).first->second;
        Boxes boxes;
        boxes.add_texts("m", "test", data.texts("m"));
        boxes.add_cells(input.results, data);
        gallery.pictures.push_back(
            {"p-values", "How P-values are distributed",
             "Share of all trials in each twentieth. Without an effect a valid test has at most a "
             "twentieth in the first bar, give or take steps of discrete tests.",
             "Histogram of P-values", "p_values", p_value_spec(boxes)});
    }
}

}  // namespace rsasim::report
