#include "output_path.hpp"

#include <fmt/format.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {

std::filesystem::path output_path(const std::optional<std::string>& given, const DesignInput& input,
                                  const std::optional<engine::Shard>& shard, bool is_part) {
    if (given) return *given;
    const std::string stem = input.scenario_path
                                 ? std::filesystem::path(*input.scenario_path).stem().string()
                                 : "rsasim";
    if (!shard) return fmt::format("{}{}.h5", stem, is_part ? "-rest" : "");
    return fmt::format("{}-shard-{}-of-{}.h5", stem, shard->index, shard->count);
}

void claim_output(const std::filesystem::path& path, bool may_replace) {
    std::error_code unknown;  // check_writable says what is wrong with the path
    if (std::filesystem::is_regular_file(path, unknown) && !may_replace) {
        throw files::FileError(fmt::format(
            "{}: exists already and was left as it is. Choose another name with -o, or replace it "
            "with --force.",
            path.string()));
    }
    files::check_writable(path);
}

std::unique_ptr<files::OutputLock> claim_and_lock_output(const std::filesystem::path& path,
                                                         bool may_replace) {
    claim_output(path, may_replace);
    auto lock = std::make_unique<files::OutputLock>(path);
    if (lock->was_left_over()) files::remove_leftovers(path);
    claim_output(path, may_replace);  // another process may have written and gone meanwhile
    return lock;
}

}  // namespace rsasim::commands
