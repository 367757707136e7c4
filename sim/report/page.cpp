#include "assets.hpp"
#include "packed.hpp"
#include "pictures.hpp"
#include "words.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/digest/base64.hpp>
#include <rsasim/digest/sha256.hpp>

namespace rsasim::report {
namespace {

Json data_of(const Gallery& gallery) {
    Json data{{"config", vega_config()}};
    data["axes"] = Json::array();
    for (const auto& axis : gallery.axes) {
        Json values = Json::array();
        for (const auto& value : axis.values)
            std::visit([&](const auto& v) { values.push_back(v); }, value);
        data["axes"].push_back({{"title", axis.title}, {"values", values}});
    }
    for (const auto& [name, dataset] : gallery.datasets)
        data["datasets"][name] = dataset.columns();
    data["pictures"] = Json::array();
    for (const auto& picture : gallery.pictures) {
        data["pictures"].push_back({{"id", picture.id},
                                    {"title", picture.title},
                                    {"caption", picture.caption},
                                    {"alt", picture.alt},
                                    {"data", picture.data},
                                    {"spec", picture.spec}});
    }
    return data;
}

std::string policy() {
    return fmt::format(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; "
        "base-uri 'none'; form-action 'none'",
        digest::base64(digest::sha256(page_script())),
        digest::base64(digest::sha256(page_style())));
}

std::string title_of(const summary::Results& results) {
    return results.title.empty() ? "Operating characteristics of a trial" : results.title;
}

}  // namespace

bool has_page() {
    return !page_script().empty();
}

std::string report_page(const ReportInput& input) {
    if (!has_page()) throw std::logic_error("the program was built without the report's script");
    const auto title = escaped(title_of(input.results));
    std::string html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n<style>",
        policy(), title);
    html += page_style();
    html += fmt::format(
        "</style>\n</head>\n<body>\n<header><h1 dir=\"auto\">{}</h1>\n"
        "<p>Operating characteristics computed by rsasim</p></header>\n<main>\n",
        title);
    html += design_html(input);
    html +=
        "<div id=\"pictures\"></div>\n<noscript><p>The pictures need JavaScript; rsasim show "
        "prints the tables.</p></noscript>\n";
    html += provenance_html(input);
    html += "</main>\n<script type=\"text/plain\" id=\"data\">";
    html += packed(data_of(gallery_of(input)).dump(-1, ' ', false, Json::error_handler_t::replace));
    html += "</script>\n<script>";
    html += page_script();
    return html + "</script>\n</body>\n</html>\n";
}

std::vector<std::pair<std::string, std::string>> vega_lite_files(const ReportInput& input) {
    const auto gallery = gallery_of(input);
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& picture : gallery.pictures) {
        Json spec{{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
                  {"title", picture.title},
                  {"description", picture.alt + ". " + picture.caption}};
        spec.update(picture.spec);
        spec["config"] = vega_config();
        spec["data"] = {{"values", gallery.datasets.at(picture.data).rows(gallery.axes)}};
        files.emplace_back(picture.id + ".vl.json",
                           spec.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    }
    return files;
}

}  // namespace rsasim::report
