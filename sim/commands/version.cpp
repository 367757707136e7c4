#include "build_info.hpp"
#include "options.hpp"

#include <fmt/format.h>

namespace rsasim::commands {

std::string version_text() {
    return fmt::format("rsasim {} (commit {}, {})", build_info::version, build_info::commit,
                       build_info::compiler);
}

}  // namespace rsasim::commands
