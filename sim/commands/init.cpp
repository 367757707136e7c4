#include "console.hpp"
#include "options.hpp"
#include "templates.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include <rsasim/files/text_file.hpp>

namespace rsasim::commands {
namespace {

const Template& template_named(const std::string& name) {
    const auto names = template_names();
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return templates()[static_cast<std::size_t>(found - names.begin())];
    const std::string_view near = scenario::nearest(name, names);
    throw scenario::InputErrors(
        {fmt::format("init: \"{}\" is not a template. {}List them: rsasim init --list", name,
                     near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near))});
}

std::string list_of_templates() {
    std::string text;
    for (const Template& each : templates())
        text += fmt::format("{:<16}  {}\n", each.name, purpose_of(each));
    return text;
}

}  // namespace

std::vector<std::string_view> template_names() {
    std::vector<std::string_view> names;
    for (const Template& each : templates())
        names.push_back(each.name);
    return names;
}

std::string_view purpose_of(const Template& scenario) {
    constexpr std::string_view mark = "# ";
    return scenario.text.substr(mark.size(), scenario.text.find('\n') - mark.size());
}

ExitStatus init(const InitOptions& options) {
    if (options.lists) {
        print(list_of_templates());
        return ExitStatus::success;
    }
    const Template& chosen = options.name ? template_named(*options.name) : templates().front();
    if (!options.output) {
        print(chosen.text);
        return ExitStatus::success;
    }
    files::write_text(*options.output, chosen.text, options.force);
    tell(fmt::format("wrote {}; check it with: rsasim check {}", *options.output, *options.output));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
