#include "console.hpp"
#include "options.hpp"
#include "show_results.hpp"

#include <fmt/format.h>

#include <rsasim/files/power_plot.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {

namespace {

/// Tables and counts of a checkpoint or a shard have no figures that could be listed or drawn.
void require_figures(const summary::Results& results, const std::string& path) {
    if (results.is_derived) return;
    throw scenario::InputErrors({fmt::format(
        "{0}: is a checkpoint or a shard, which has counts and no powers or coverages yet. Go on "
        "with the run: rsasim run --resume; or put its shards together: rsasim merge. What it "
        "holds: rsasim show {0}",
        path)});
}

}  // namespace

ExitStatus show(const ShowOptions& options) {
    const auto results = files::read_results(options.results_path, tell);
    if (options.plot || options.display.csv) require_figures(results, options.results_path);
    if (options.plot) {
        print(files::power_plot(results, text_options().width));
    } else {
        show_results(results, options.display);
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
