#include "console.hpp"
#include "input_files.hpp"
#include "options.hpp"

#include <fmt/format.h>

#include <rsasim/files/status_text.hpp>
#include <rsasim/files/stored_state.hpp>

namespace rsasim::commands {

ExitStatus digest(const DigestOptions& options) {
    std::vector<files::FileDigest> digests;
    std::string text;
    InputFiles inputs(InputFiles::BadFiles::look_at_all);
    inputs.look_at(options.paths, [&](const std::string& path) {
        const auto state = files::read_stored_state(path, tell);
        digests.push_back({path, state.identity.results_sha256, state.identity.is_complete});
        text += options.paths.size() == 1 ? fmt::format("{}\n", digests.back().sha256)
                                          : fmt::format("{}  {}\n", digests.back().sha256, path);
    });
    if (!digests.empty()) print(options.json ? files::digests_to_json(digests) : text);
    inputs.refuse_bad();
    return ExitStatus::success;
}

}  // namespace rsasim::commands
