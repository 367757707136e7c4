#include "pictures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/summary/precision.hpp>

namespace rsasim::report {
namespace {

constexpr std::size_t most_colours = 8;

Dataset power_data(const summary::Results& results) {
    Dataset data({{"cell", "cell"},
                  {"m", "test", true},
                  {"total", "total n"},
                  {"power", "probability of rejecting"},
                  {"lo", "95 % Monte Carlo interval from"},
                  {"hi", "to"},
                  {"null", "null hypothesis true", true}});
    std::vector<std::string> titles;
    for (const auto& label : results.tests)
        titles.push_back(files::test_title(label));
    for (std::size_t i = 0; i < results.cells.size(); ++i) {
        const auto& cell = results.cells[i];
        for (std::size_t t = 0; t < titles.size(); ++t) {
            const auto& power = cell.summary.tests[t].power;
            const auto band = summary::wilson_limits(power.value, cell.replicates);
            data.add({i, titles[t], cell.parameters.n_treated + cell.parameters.n_control,
                      rounded(power.value), rounded(band.lower), rounded(band.upper),
                      cell.parameters.is_null == summary::InNull::yes ? "yes" : "no"});
        }
    }
    return data;
}

Json target_rule(double target) {
    return {{"data", {{"values", Json::array({Json{{"target", target}}})}}},
            {"mark", {{"type", "rule"}, {"strokeDash", {6, 4}}, {"color", "#555"}}},
            {"encoding", {{"y", {{"field", "target"}, {"type", "quantitative"}}}}}};
}

Json y_of(const char* field) {
    return {{"field", field},
            {"type", "quantitative"},
            {"title", "probability of rejecting the null"},
            {"scale", {{"domain", {0, 1}}}}};
}

/// Curves of all tests in colours; beyond eight all in grey and the chosen one in front.
Json curves(const std::string& x, const std::string& x_title, const std::vector<std::string>& tests,
            double target, Boxes boxes) {
    const bool is_many = tests.size() > most_colours;
    const Json x_axis{
        {"field", x}, {"type", "quantitative"}, {"title", x_title}, {"scale", {{"zero", false}}}};
    Json colour{{"field", "m"}, {"type", "nominal"}, {"title", "test"}, {"sort", tests}};
    if (is_many) colour = {{"value", "#0072b2"}};
    Json layers = Json::array();
    const Json line{{"x", x_axis}, {"y", y_of("power")}, {"detail", {{"field", "m"}}}};
    Json only_chosen = Json::array();
    if (is_many) {
        boxes.params.push_back(
            {{"name", "chosen_m"},
             {"value", tests.front()},
             {"bind", {{"input", "select"}, {"name", "test"}, {"options", tests}}}});
        only_chosen.push_back({{"filter", "datum.m == chosen_m"}});
        layers.push_back({{"mark", {{"type", "line"}, {"color", "#c4c4c4"}}}, {"encoding", line}});
    }
    const auto add = [&](Json mark, Json encoding) {
        encoding["color"] = colour;
        layers.push_back({{"transform", only_chosen},
                          {"mark", std::move(mark)},
                          {"encoding", std::move(encoding)}});
    };
    add({{"type", "area"}, {"opacity", 0.18}},
        {{"x", x_axis}, {"y", y_of("lo")}, {"y2", {{"field", "hi"}}}});
    add({{"type", "line"}, {"strokeWidth", 2}}, line);
    Json points = line;
    if (!is_many) {
        points["shape"] = {{"field", "m"}, {"type", "nominal"}, {"title", "test"}, {"sort", tests}};
    }
    points["tooltip"] = Json::array(
        {Json{{"field", "m"}, {"title", "test"}}, Json{{"field", x}, {"title", x_title}},
         Json{{"field", "power"}, {"title", "power"}}, Json{{"field", "lo"}, {"title", "from"}},
         Json{{"field", "hi"}, {"title", "to"}}});
    add({{"type", "point"}, {"filled", true}, {"size", 55}}, points);
    layers.push_back(target_rule(target));
    return {{"width", 640},
            {"height", 340},
            {"params", boxes.params},
            {"transform", boxes.filters},
            {"layer", layers}};
}

/// One row a test, where nothing can be put along an axis.
Json dots(const Boxes& boxes, const std::vector<std::string>& tests, double target) {
    const Json y{{"field", "m"}, {"type", "nominal"}, {"title", nullptr}, {"sort", tests}};
    Json rule = target_rule(target);
    rule["encoding"] = {{"x", {{"field", "target"}, {"type", "quantitative"}}}};
    return {{"width", 480},
            {"height", {{"step", 22}}},
            {"params", boxes.params},
            {"transform", boxes.filters},
            {"layer",
             {{{"mark", {{"type", "rule"}, {"strokeWidth", 3}, {"color", "#0072b2"}}},
               {"encoding", {{"y", y}, {"x", y_of("lo")}, {"x2", {{"field", "hi"}}}}}},
              {{"mark", {{"type", "point"}, {"filled", true}, {"size", 70}, {"color", "#0072b2"}}},
               {"encoding",
                {{"y", y},
                 {"x", y_of("power")},
                 {"tooltip", {{{"field", "m"}, {"title", "test"}}, {{"field", "power"}}}}}}},
              rule}}};
}

Json heat_map(const Gallery& gallery, std::size_t x, std::size_t y, Boxes boxes) {
    const auto axis = [&](std::size_t k) {
        return Json{{"field", fmt::format("a{}", k)},
                    {"type", "ordinal"},
                    {"title", gallery.axes[k].title},
                    {"sort", nullptr},
                    {"axis", {{"labelAngle", 0}, {"labelOverlap", true}}}};
    };
    const Json both{{"x", axis(x)}, {"y", axis(y)}};
    Json cells = both, words = both;
    cells["color"] = {{"field", "power"},
                      {"type", "quantitative"},
                      {"title", "power"},
                      {"scale", {{"scheme", "viridis"}, {"domain", {0, 1}}}}};
    cells["tooltip"] =
        Json::array({Json{{"field", "power"}}, Json{{"field", "lo"}}, Json{{"field", "hi"}}});
    words["text"] = {{"field", "power"}, {"type", "quantitative"}, {"format", ".2f"}};
    words["color"] = {{"condition", {{"test", "datum.power < 0.6"}, {"value", "white"}}},
                      {"value", "black"}};
    Json layers = Json::array({Json{{"mark", "rect"}, {"encoding", cells}}});
    if (gallery.axes[x].values.size() <= 12) {
        layers.push_back({{"mark", {{"type", "text"}, {"fontSize", 12}}}, {"encoding", words}});
    }
    return {{"width", 560},
            {"height", {{"step", 34}}},
            {"params", boxes.params},
            {"transform", boxes.filters},
            {"layer", layers}};
}

bool is_size_axis(const files::ShownAxis& axis) {
    return axis.path == "arms.total" && axis.is_numeric();
}

/// The axis along which curves run: the longest of numbers that is not the total.
std::optional<std::size_t> curve_axis(const std::vector<files::ShownAxis>& axes) {
    std::optional<std::size_t> best;
    for (std::size_t k = 0; k < axes.size(); ++k) {
        if (is_size_axis(axes[k]) || !axes[k].is_numeric() || axes[k].values.size() < 2) continue;
        if (!best || axes[k].values.size() > axes[*best].values.size()) best = k;
    }
    return best;
}

std::string band_words(const ReportInput& input) {
    return input.results.engine == summary::Engine::simulation
               ? "Bands are 95 % Monte Carlo (Wilson) intervals of the simulation"
               : "Figures are exact, by enumeration of all tables";
}

void add_saw_tooth(Gallery& gallery, const ReportInput& input,
                   const std::vector<std::string>& tests, const std::string& dashes) {
    for (std::size_t k = 0; k < gallery.axes.size(); ++k) {
        if (!is_size_axis(gallery.axes[k]) || gallery.axes[k].values.size() < 2) continue;
        Boxes boxes;
        boxes.add_axes_but(gallery.axes, {k});
        gallery.pictures.push_back(
            {"saw-tooth", "Power against the total number of women",
             fmt::format("{}; the dashed line is the target {}. Exact tests have a saw-tooth: one "
                         "woman more can cost power. Only the marked totals were computed.",
                         dashes, input.target_power),
             "Power of each test against the total sample size", "tests",
             curves(fmt::format("a{}", k), "total n", tests, input.target_power, boxes)});
    }
}

/// The two longest axes.
void add_heat_map(Gallery& gallery, const std::vector<std::string>& tests) {
    std::vector<std::size_t> long_axes;
    for (std::size_t k = 0; k < gallery.axes.size(); ++k) {
        if (gallery.axes[k].values.size() > 1) long_axes.push_back(k);
    }
    if (long_axes.size() < 2) return;
    std::ranges::stable_sort(long_axes, std::ranges::greater{},
                             [&](std::size_t k) { return gallery.axes[k].values.size(); });
    Boxes boxes;
    boxes.add_texts("m", "test", tests);
    boxes.add_axes_but(gallery.axes, {long_axes[0], long_axes[1]});
    const auto words = fmt::format("{} and {}", gallery.axes[long_axes[0]].title,
                                   gallery.axes[long_axes[1]].title);
    gallery.pictures.push_back({"heat-map", "Power over " + words,
                                "Probability of rejecting the null hypothesis in every cell; "
                                "brighter is higher.",
                                "Heat map of power over " + words, "tests",
                                heat_map(gallery, long_axes[0], long_axes[1], boxes)});
}

}  // namespace

void add_power(Gallery& gallery, const ReportInput& input) {
    if (input.results.tests.empty()) return;
    gallery.datasets.emplace("tests", power_data(input.results));
    const auto tests = gallery.datasets.at("tests").texts("m");
    const auto x = curve_axis(gallery.axes);
    const auto bands = band_words(input);
    Boxes boxes;
    boxes.add_axes_but(gallery.axes, x ? std::vector{*x} : std::vector<std::size_t>{});
    Picture picture{"power", "Power", "", "Probability of rejecting the null for each test",
                    "tests", {}};
    picture.caption =
        fmt::format("{}; the dashed line is the target {}.", bands, input.target_power);
    picture.spec =
        x ? curves(fmt::format("a{}", *x), gallery.axes[*x].title, tests, input.target_power, boxes)
          : dots(boxes, tests, input.target_power);
    gallery.pictures.push_back(std::move(picture));
    add_saw_tooth(gallery, input, tests, bands);
    add_heat_map(gallery, tests);
}

}  // namespace rsasim::report
