#include "output_path.hpp"

#include <fmt/format.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {

std::filesystem::path output_path(const std::optional<std::string>& given,
                                  const DesignInput& input) {
    if (given) return *given;
    if (!input.scenario_path) return "rsasim.h5";
    return std::filesystem::path(*input.scenario_path).stem().string() + ".h5";
}

void claim_output(const std::filesystem::path& path, bool may_replace) {
    if (std::filesystem::is_regular_file(path) && !may_replace) {
        throw files::FileError(fmt::format(
            "{}: exists already and was left as it is. Choose another name with -o, or replace it "
            "with --force.",
            path.string()));
    }
    files::check_writable(path);
}

}  // namespace rsasim::commands
