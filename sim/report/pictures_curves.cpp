#include "pictures.hpp"

#include <fmt/format.h>

namespace rsasim::report {
namespace {

using Title = std::string (*)(const std::string& label);

struct Kind {
    std::string id, title, y_title, extreme, data_title;
    Title title_of;
    double nominal;
};

Dataset curve_data(const std::vector<CurvePoint>& points, const std::vector<ProvedBound>& bounds,
                   const Kind& kind) {
    Dataset data({{"m", kind.data_title, true},
                  {"rate", "control rate"},
                  {"p", kind.y_title},
                  {"bound", kind.extreme}});
    for (const auto& point : points) {
        Json bound;
        for (const auto& one : bounds) {
            if (one.method == point.method)
                bound = rounded(kind.id == "size" ? one.upper : one.lower);
        }
        data.add({kind.title_of(point.method), rounded(point.control_rate),
                  rounded(point.probability), bound});
    }
    return data;
}

void add_curve(Gallery& gallery, const ReportInput& input, const Kind& kind) {
    const bool is_size = kind.id == "size";
    const auto& points = is_size ? input.samples.size : input.samples.coverage;
    if (points.empty()) return;
    const auto& bounds = is_size ? input.samples.size_bounds : input.samples.coverage_bounds;
    const auto name = kind.id + "_curve";
    const auto& data =
        gallery.datasets.emplace(name, curve_data(points, bounds, kind)).first->second;
    Boxes boxes;
    boxes.add_texts("m", kind.data_title, data.texts("m"));
    auto spec = Json::parse(R"({"width": 640, "height": 280, "layer": [
        {"mark": {"type": "line", "color": "#0072b2", "strokeWidth": 2},
         "encoding": {
            "x": {"field": "rate", "type": "quantitative", "title": "control rate"},
            "y": {"field": "p", "type": "quantitative", "scale": {"zero": false}},
            "tooltip": [{"field": "rate"}, {"field": "p"}]}},
        {"mark": {"type": "rule", "color": "#d55e00", "strokeWidth": 1.5},
         "encoding": {"y": {"aggregate": "mean", "field": "bound", "type": "quantitative"}}},
        {"mark": {"type": "rule", "color": "#555", "strokeDash": [6, 4]}}
    ]})");
    spec["layer"][0]["encoding"]["y"]["title"] = kind.y_title;
    spec["layer"][2]["data"] = {{"values", Json::array({Json{{"nominal", kind.nominal}}})}};
    spec["layer"][2]["encoding"] = {{"y", {{"field", "nominal"}, {"type", "quantitative"}}}};
    spec["params"] = boxes.params;
    spec["transform"] = boxes.filters;
    gallery.pictures.push_back(
        {kind.id, kind.title,
         fmt::format("Exact for arms of {}. Dashed: {}. Red: {}, proved over all control rates.",
                     input.samples.curve_design, kind.nominal, kind.extreme),
         kind.title, name, spec});
}

}  // namespace

void add_curves(Gallery& gallery, const ReportInput& input) {
    const auto& cell = input.results.cells.front().parameters;
    add_curve(gallery, input,
              {"size", "Type I error against the control rate", "type I error",
               "upper bound of the size", "test", files::test_title, cell.alpha});
    add_curve(gallery, input,
              {"coverage-curve", "Exact coverage against the control rate", "coverage",
               "lower bound of the coverage", "interval", files::interval_title, cell.confidence});
}

}  // namespace rsasim::report
