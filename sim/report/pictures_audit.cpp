#include "pictures.hpp"

namespace rsasim::report {

void add_audit(Gallery& gallery, const ReportInput& input) {
    const auto& results = input.results;
    if (results.pairs.empty()) return;
    Dataset data({{"cell", "cell"},
                  {"m", "test and interval", true},
                  {"kind", "contradiction", true},
                  {"share", "share of trials"}});
    for (std::size_t c = 0; c < results.cells.size(); ++c) {
        for (std::size_t i = 0; i < results.pairs.size(); ++i) {
            const auto& pair = results.cells[c].summary.pairs[i];
            const auto title = files::pair_title(results.pairs[i]);
            data.add({c, title, "rejects, but the interval contains the null",
                      rounded(pair.reject_but_covers_null.value)});
            data.add({c, title, "accepts, but the interval excludes the null",
                      rounded(pair.accept_but_excludes_null.value)});
        }
    }
    gallery.datasets.emplace("pairs", std::move(data));
    Boxes boxes;
    boxes.add_axes_but(gallery.axes, {});
    auto spec = Json::parse(R"({
        "width": 420, "height": {"step": 20}, "mark": "bar",
        "encoding": {
            "y": {"field": "m", "type": "nominal", "title": null, "sort": null},
            "x": {"field": "share", "type": "quantitative", "title": "share of trials"},
            "color": {"field": "kind", "type": "nominal", "title": null,
                      "legend": {"orient": "bottom", "direction": "vertical", "labelLimit": 400}},
            "tooltip": [{"field": "m", "title": "pair"}, {"field": "kind"}, {"field": "share"}]}})");
    spec["params"] = boxes.params;
    spec["transform"] = boxes.filters;
    gallery.pictures.push_back(
        {"audit", "Do tests and intervals agree?",
         "Share of trials at which a test and the interval that belongs to it contradict each "
         "other.",
         "Contradictions between tests and intervals", "pairs", spec});
}

}  // namespace rsasim::report
