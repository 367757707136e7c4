#include "same_sweep.hpp"

#include "build_info.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <rsasim/random/stream_key.hpp>

namespace rsasim::commands {
namespace {

/// Of a line of a scenario in a message.
constexpr std::size_t most_characters = 100;
constexpr std::string_view own_sweep = "Give the files of one sweep alone";

[[noreturn]] void refuse_file(const std::string& path, const std::string& reason) {
    throw scenario::InputErrors({fmt::format("{}: {}.", path, reason)});
}

/// Takes the first line off a text.
std::string_view next_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// A resolved scenario without the line of simulation.replicates.
std::string without_replicates(std::string_view resolved) {
    std::string kept;
    bool is_in_simulation = false;
    while (!resolved.empty()) {
        const auto line = next_line(resolved);
        if (line.starts_with('[')) is_in_simulation = line == "[simulation]";
        if (is_in_simulation && line.starts_with("replicates = ")) continue;
        kept.append(line).push_back('\n');
    }
    return kept;
}

/// The first lines in which two texts differ, for people.
std::string first_difference(std::string_view one, std::string_view other) {
    const auto named = [](std::string_view line) {
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (line.empty()) return std::string("nothing");
        if (line.size() <= most_characters) return std::string(line);
        return fmt::format("{}...", line.substr(0, most_characters));
    };
    while (!one.empty() || !other.empty()) {
        const auto of_one = next_line(one), of_other = next_line(other);
        if (of_one != of_other)
            return fmt::format("it has {} where there is {}", named(of_other), named(of_one));
    }
    return "their scenarios differ";
}

/// What may be said of a file without comparing it with another.
void require_mergeable(const std::string& path, const files::StoredState& state) {
    if (state.identity.engine == summary::Engine::enumeration) {
        refuse_file(path,
                    "was enumerated (rsasim exact), not simulated: it is whole and has no shards");
    }
    if (state.identity.rng != random::scheme_name) {
        refuse_file(path, fmt::format("its random numbers are of the scheme {}, and this program's "
                                      "of {}. Use the rsasim that made it",
                                      state.identity.rng, random::scheme_name));
    }
    const auto version = attribute_of(state.provenance, "program_version");
    if (version != build_info::version) {
        refuse_file(path, fmt::format("was made by rsasim {}, and this is {}. Use the version that "
                                      "made it, or simulate it anew: rsasim run",
                                      version.empty() ? "of an unknown version" : version,
                                      build_info::version));
    }
    if (state.provenance.scenario_resolved.empty()) {
        refuse_file(path,
                    "has no scenario in /provenance, so its designs are not known. Give files that "
                    "rsasim run or merge has written");
    }
}

}  // namespace

std::string attribute_of(const summary::Provenance& provenance, std::string_view name) {
    for (const auto& [known, value] : provenance.attributes) {
        if (known == name) return value;
    }
    return "";
}

SameSweep::SameSweep(std::string path, const files::StoredState& state)
    : path_(std::move(path)), identity_(state.identity) {
    require_mergeable(path_, state);
    scenario_ = read_scenario(path_, state);
    resolved_ = without_replicates(state.provenance.scenario_resolved);
}

SameSweep::SameSweep(const scenario::Scenario& scenario)
    : path_("this run"), scenario_(scenario), resolved_(without_replicates(scenario.resolved)) {
    identity_.seed = scenario.seed;
    identity_.scenario_sha256 = scenario.sha256;
    // The run's own number of replicates stands, whatever the files were made for.
    identity_.replicates_requested = std::numeric_limits<std::int64_t>::max();
}

scenario::Scenario SameSweep::read_scenario(const std::string& path,
                                            const files::StoredState& state) const {
    auto scenario =
        scenario::describe_scenario(scenario::SourceText{path + "/provenance/scenario_resolved",
                                                         state.provenance.scenario_resolved},
                                    {});
    if (scenario.sha256 != state.identity.scenario_sha256 || scenario.seed != state.identity.seed) {
        refuse_file(
            path,
            "its scenario in /provenance is not the one its tables were made from. Simulate "
            "it anew: rsasim run");
    }
    scenario.given = state.provenance.scenario_given;
    if (scenario.precision && state.identity.is_complete) {
        for (const auto& cell : state.cells)
            scenario.grid.cells.at(cell.cell).replicates = tally::replicates_in(cell.finished);
    }
    return scenario;
}

void SameSweep::require(const std::string& path, const files::StoredState& state) {
    require_mergeable(path, state);
    const auto& identity = state.identity;
    // What this program can read it can merge with what it writes; two files must be alike.
    const bool is_of_file = identity_.format[0] > 0;
    if (is_of_file && identity.format != identity_.format) {
        refuse_file(path, fmt::format("its format is {}.{}, and that of {} is {}.{}. {}",
                                      identity.format[0], identity.format[1], path_,
                                      identity_.format[0], identity_.format[1], own_sweep));
    }
    if (identity.seed != identity_.seed) {
        refuse_file(path, fmt::format("its seed is {}, and that of {} is {}. {}", identity.seed,
                                      path_, identity_.seed, own_sweep));
    }
    const auto resolved = without_replicates(state.provenance.scenario_resolved);
    if (identity.scenario_sha256 != identity_.scenario_sha256 || resolved != resolved_) {
        refuse_file(path, fmt::format("is of another scenario than {}: {}. {}", path_,
                                      first_difference(resolved_, resolved), own_sweep));
    }
    if (identity.replicates_requested > identity_.replicates_requested) {
        scenario_ = read_scenario(path, state);
        identity_.replicates_requested = identity.replicates_requested;
    }
}

}  // namespace rsasim::commands
