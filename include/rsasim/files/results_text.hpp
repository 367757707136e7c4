#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// Takes the pieces of a document, one after the other. What it throws ends the document.
using TextSink = std::function<void(std::string_view piece)>;

/// The JSON of `exact`, `run` and `show`: schema rsasim.results/1. At most a cell is in memory.
void results_to_json(const summary::Results& results, const TextSink& sink);
std::string results_to_json(const summary::Results& results);

/// One row a figure: axes and parameters, kind, method, measure, value, mcse. At most a cell is in
/// memory.
void results_to_csv(const summary::Results& results, const TextSink& sink);
std::string results_to_csv(const summary::Results& results);

struct TextOptions {
    bool use_colour = false;
    int width = 100;              ///< columns of the terminal
    std::size_t most_cells = 12;  ///< cells printed in full; a sweep beyond that is one line a cell
};

/// The tables a person reads: aligned, with method titles, "0.6203 ± 0.0005". At most a cell is in
/// memory.
void results_to_text(const summary::Results& results, const TextOptions& options,
                     const TextSink& sink);
std::string results_to_text(const summary::Results& results, const TextOptions& options);

}  // namespace rsasim::files
