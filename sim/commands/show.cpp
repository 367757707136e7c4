#include "console.hpp"
#include "options.hpp"
#include "show_results.hpp"

#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {

ExitStatus show(const ShowOptions& options) {
    show_results(files::read_results(options.results_path, tell), options.display);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
