#pragma once

#include "dataset.hpp"

#include <map>
#include <optional>

#include <rsasim/report/report.hpp>

namespace rsasim::report {

/// One picture: words, the name of its data, and a Vega-Lite specification without data.
struct Picture {
    std::string id, title, caption, alt, data;
    Json spec;
};

/// All pictures, and the data that they share.
struct Gallery {
    std::vector<files::ShownAxis> axes;
    std::map<std::string, Dataset> datasets;
    std::vector<Picture> pictures;
};

/// Which pictures there are follows from the axes and from what the results hold.
Gallery gallery_of(const ReportInput& input);

/// Fonts and colours of all pictures.
Json vega_config();

/// A select box over the places of axis k, and the filter that it feeds; likewise over texts.
struct Boxes {
    Json params = Json::array();
    Json filters = Json::array();

    void add_axis(std::size_t k, const files::ShownAxis& axis, std::size_t chosen = 0);
    void add_axes_but(const std::vector<files::ShownAxis>& axes,
                      const std::vector<std::size_t>& shown);
    void add_texts(const std::string& field, const std::string& title,
                   const std::vector<std::string>& texts);
    void add_cells(const summary::Results& results, const Dataset& data);
};

/// Where a reader finds cell i: "total 20, odds ratio 3".
std::string cell_text(const summary::Results& results, std::size_t cell);

/// The part of the gallery each of these adds.
void add_power(Gallery& gallery, const ReportInput& input);
void add_intervals(Gallery& gallery, const ReportInput& input);
void add_audit(Gallery& gallery, const ReportInput& input);
void add_curves(Gallery& gallery, const ReportInput& input);
void add_samples(Gallery& gallery, const ReportInput& input);

}  // namespace rsasim::report
