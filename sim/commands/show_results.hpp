#pragma once

#include "console.hpp"
#include "options.hpp"

#include <rsasim/files/results_text.hpp>

namespace rsasim::commands {

/// Prints results the way that was asked for: JSON, CSV or tables.
inline void show_results(const summary::Results& results, const Display& display) {
    if (display.json) {
        print_pieces([&](const auto& sink) { files::results_to_json(results, sink); });
    } else if (display.csv) {
        print_pieces([&](const auto& sink) { files::results_to_csv(results, sink); });
    } else if (!display.quiet) {
        print_pieces(
            [&](const auto& sink) { files::results_to_text(results, text_options(), sink); });
    }
}

}  // namespace rsasim::commands
