#include "console.hpp"
#include "options.hpp"

#include <rsasim/files/scenario_schema.hpp>

namespace rsasim::commands {

ExitStatus schema() {
    print(files::scenario_schema());
    return ExitStatus::success;
}

}  // namespace rsasim::commands
