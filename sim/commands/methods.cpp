#include "console.hpp"
#include "options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/files/methods_text.hpp>

namespace rsasim::commands {
namespace {

/// Throws unless some row of the catalogue has the id.
void require_known(const std::string& id) {
    std::vector<std::string_view> ids;
    for (const auto& row : analysis::catalogue())
        ids.push_back(row.id);
    for (const auto& row : analysis::patient_catalogue())
        ids.push_back(row.id);
    if (std::ranges::find(ids, id) != ids.end()) return;
    const std::string_view near = scenario::nearest(id, ids);
    throw scenario::InputErrors(
        {fmt::format("methods: \"{}\" is not a known method. {}List them: "
                     "rsasim methods",
                     id, near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near))});
}

}  // namespace

ExitStatus methods(const MethodsOptions& options) {
    if (options.id) require_known(*options.id);
    const std::string_view id = options.id ? std::string_view(*options.id) : std::string_view();
    print(options.json ? files::methods_to_json(id) : files::methods_to_text(id));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
