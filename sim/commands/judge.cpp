#include "console.hpp"
#include "on_threads.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "show_results.hpp"
#include "stored_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

/// A key may be set where it decides how tables are judged and shown, not which tables there are.
bool leaves_tables_alone(std::string_view path) {
    return path.starts_with("analysis.") || path.starts_with("trial.");
}

void refuse_other_keys(const std::vector<scenario::FlagSetting>& settings) {
    std::vector<std::string> messages;
    for (const auto& [flag, value, typed] : settings) {
        const auto path = value.substr(0, value.find('='));
        if (flag != "--set" || leaves_tables_alone(path)) continue;
        messages.push_back(fmt::format(
            "--set {}: decides which trials are simulated, and judge keeps those that are stored. "
            "Set keys of analysis and trial, or simulate anew: rsasim run.",
            value));
    }
    if (!messages.empty()) throw scenario::InputErrors(std::move(messages));
}

/// Where the tables came from stays on record: the attributes of the file that was judged, each
/// under tables_NAME, unless that file's own tables came from another.
void add_origin(summary::Provenance& provenance, const summary::Provenance& of_tables,
                const std::string& path) {
    provenance.attributes.emplace_back("judged_file", path);
    constexpr std::string_view prefix = "tables_";
    const auto is_inherited = [&](const auto& attribute) {
        return attribute.first.starts_with(prefix);
    };
    const bool is_second_hand = std::ranges::any_of(of_tables.attributes, is_inherited);
    for (const auto& attribute : of_tables.attributes) {
        if (is_inherited(attribute)) {
            provenance.attributes.push_back(attribute);
        } else if (!is_second_hand) {
            provenance.attributes.emplace_back(fmt::format("{}{}", prefix, attribute.first),
                                               attribute.second);
        }
    }
}

}  // namespace

ExitStatus judge(const JudgeOptions& options) {
    const Recorder recorder(options.command_line);
    refuse_other_keys(options.settings);
    if (options.output) claim_output(*options.output, options.force);
    const StoredTables stored(options.results_path);
    stored.require_tables();
    const auto scenario = stored.scenario_with(options.settings);
    if (!options.display.quiet) {
        for (const auto& note : scenario.notes)
            tell("note: " + note);
    }
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    if (!options.display.quiet && scenario.grid.cells.front().design.patients() != nullptr) {
        tell(
            "note: the patient-level analyses need the women, which are not stored: the methods of "
            "the 2x2 tables alone are judged.");
    }
    if (!options.display.quiet && !stored.results().is_complete &&
        stored.results().engine == summary::Engine::simulation) {
        tell(fmt::format("note: {} is not complete; what is judged are its finished replicates.",
                         options.results_path));
    }
    auto results = stored.judged_as(scenario, threads);
    results.provenance = recorder.record(scenario, threads);
    add_origin(results.provenance, stored.results().provenance, options.results_path);
    if (options.output) {
        files::write_results(results, *options.output, on_threads(threads));
        if (!options.display.quiet) {
            tell(fmt::format("{} written in {}.", *options.output,
                             duration_text(recorder.elapsed_seconds())));
        }
    }
    show_results(results, options.display);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
