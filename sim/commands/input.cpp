#include "input.hpp"

#include "console.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/errors.hpp>

namespace rsasim::commands {
namespace {

/// Enough to see that a file is over the limit of a scenario without reading all of it.
constexpr std::streamsize most_bytes = (std::streamsize{1} << 20) + 1;

std::string read_text(const std::string& path) {
    if (std::filesystem::is_directory(path)) {
        throw files::FileError(fmt::format("{}: is a folder. Give a scenario file.", path));
    }
    const auto refuse = [&](int error, std::string_view remedy) {
        throw files::FileError(fmt::format("{}: cannot be read: {}. {}", path,
                                           std::generic_category().message(error), remedy));
    };
    std::ifstream file(path, std::ios::binary);
    if (!file) refuse(errno, "Check the name of the scenario file.");
    std::string text(most_bytes, '\0');
    file.read(text.data(), most_bytes);
    if (file.bad()) refuse(errno, "Check the disk that it is on.");
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

}  // namespace

scenario::Scenario describe_input(const DesignInput& input) {
    std::optional<scenario::SourceText> source;
    if (input.scenario_path) {
        source = scenario::SourceText{*input.scenario_path, read_text(*input.scenario_path)};
    }
    return scenario::describe_scenario(source, input.settings);
}

scenario::Scenario read_input(const DesignInput& input, bool quiet, scenario::Truths truths) {
    auto scenario = describe_input(input);
    scenario::solve(scenario, every_cell(scenario), {engine::available_threads(), truths});
    if (!quiet) tell_notes(scenario);
    return scenario;
}

void tell_notes(const scenario::Scenario& scenario) {
    for (const auto& note : scenario.notes)
        tell("note: " + note);
}

}  // namespace rsasim::commands
