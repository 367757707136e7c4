#include "console.hpp"
#include "options.hpp"
#include "show_results.hpp"

#include <rsasim/files/power_plot.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {

ExitStatus show(const ShowOptions& options) {
    if (options.plot) {
        const auto results = files::read_results(options.results_path, tell);
        print(files::power_plot(results, text_options().width));
        return ExitStatus::success;
    }
    show_results(files::read_results(options.results_path, tell), options.display);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
