#include "same_work.hpp"

#include "build_info.hpp"
#include "same_sweep.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::commands {
namespace {

/// Lines of a scenario that are told of in a message.
constexpr std::size_t most_lines = 6;

/// Keys that decide no integer, or are compared by themselves.
bool may_differ(std::string_view key) {
    return key == "simulation.replicates" || key == "simulation.precision" ||
           key == "simulation.seed" || key == "trial.title" || key == "trial.outcome";
}

/// The lines "table.key = value" of a resolved scenario that decide something; a list is a line an
/// element.
std::vector<std::string> deciding_lines(std::string_view resolved) {
    std::vector<std::string> lines;
    std::string table, key;
    while (!resolved.empty()) {
        const auto end = std::min(resolved.find('\n'), resolved.size());
        const auto line = resolved.substr(0, end);
        resolved.remove_prefix(std::min(end + 1, resolved.size()));
        if (line.starts_with('[')) {
            table = line.substr(std::min(line.find_first_not_of('['), line.size()));
            table.resize(std::min(table.find(']'), table.size()));
            continue;
        }
        const auto equals = line.starts_with(' ') ? line.npos : line.find(" = ");
        auto value = line;
        if (equals != line.npos) {
            key = line.substr(0, equals);
            if (table.starts_with("sweep")) std::erase(key, '"');
            if (!table.starts_with("sweep")) key = fmt::format("{}.{}", table, key);
            value.remove_prefix(equals + 3);
        }
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        const bool is_bracket = value == "[" || value == "]";
        if (!value.empty() && !is_bracket && !may_differ(key))
            lines.push_back(fmt::format("{} = {}", key, value));
    }
    return lines;
}

/// The lines that one scenario has and the other has not, as a list for people.
std::string differing_lines(const std::vector<std::string>& of_one,
                            const std::vector<std::string>& of_other) {
    const std::multiset<std::string> known(of_other.begin(), of_other.end());
    std::string text;
    std::size_t found = 0;
    for (const auto& line : of_one) {
        if (known.contains(line)) continue;
        if (++found <= most_lines) text += fmt::format("{}{}", found > 1 ? ", " : "", line);
    }
    if (found > most_lines) text += fmt::format(" and {} more", found - most_lines);
    return text.empty() ? "nothing more" : text;
}

/// Collects what differs between a file and what was asked for.
class Comparison {
  public:
    explicit Comparison(const std::filesystem::path& path) : path_(path) {}

    void compare(std::string_view what, const std::string& in_file, const std::string& wanted) {
        if (in_file == wanted) return;
        add(fmt::format("its {} is {} and not {}", what, in_file, wanted));
    }
    void add(const std::string& difference) {
        messages_.push_back(
            fmt::format("{}: cannot be gone on from: {}.", path_.string(), difference));
    }
    void advise(std::string remedy) { remedies_.push_back(std::move(remedy)); }
    [[nodiscard]] bool is_empty() const { return messages_.empty(); }

    void finish() && {
        if (messages_.empty()) return;
        messages_.insert(messages_.end(), remedies_.begin(), remedies_.end());
        messages_.emplace_back(
            "Give the scenario and flags that the file was made with, or another name with -o; "
            "--force without --resume replaces it.");
        throw scenario::InputErrors(std::move(messages_));
    }

  private:
    std::filesystem::path path_;
    std::vector<std::string> messages_, remedies_;
};

void compare_scenarios(Comparison& comparison, const summary::Results& stored,
                       const scenario::Scenario& scenario, StoredWork work) {
    const bool keeps_findings = std::ranges::any_of(scenario.grid.cells, [](const auto& cell) {
        return !engine::is_counted_by_table(cell.design);
    });
    auto there = deciding_lines(stored.provenance.scenario_resolved);
    auto here = deciding_lines(scenario.resolved);
    const bool is_same_model = stored.scenario_sha256 == scenario.sha256 &&
                               stored.cells.size() == scenario.grid.cells.size();
    const bool may_be_judged_anew = !keeps_findings && work == StoredWork::unfinished;
    if (is_same_model && (may_be_judged_anew || there == here)) return;
    if (!is_same_model) {
        const auto is_analysis = [](const std::string& line) {
            return line.starts_with("analysis.");
        };
        std::erase_if(there, is_analysis);
        std::erase_if(here, is_analysis);
    }
    comparison.add(fmt::format("it is of another {}. The file has {}; asked for is {}",
                               is_same_model ? "analysis" : "scenario",
                               differing_lines(there, here), differing_lines(here, there)));
    if (is_same_model && !keeps_findings) {
        comparison.advise(stored.is_complete
                              ? "Its replicates are all there: rsasim judge gives them another "
                                "analysis without a new simulation."
                              : "Its replicates are all there: finish the other parts as they are, "
                                "merge them, and let rsasim judge give them another analysis.");
    }
}

void compare_replicates(Comparison& comparison, const summary::Results& stored,
                        const scenario::Scenario& scenario) {
    if (scenario.precision) return;  // what is there stays, and may be more than needed
    for (std::size_t i = 0; i < stored.cells.size(); ++i) {
        const auto& finished = stored.cells[i].finished;
        const std::int64_t wanted = scenario.grid.cells[i].replicates;
        if (finished.empty() || finished.back().last <= wanted) continue;
        return comparison.add(fmt::format("cell {} has replicates up to {}, beyond the {} wanted",
                                          i, finished.back().last, wanted));
    }
}

}  // namespace

void require_same_work(const summary::Results& stored, const scenario::Scenario& scenario,
                       const std::filesystem::path& path, StoredWork work) {
    Comparison comparison(path);
    if (stored.engine != summary::Engine::simulation)
        comparison.add("it was enumerated (rsasim exact) and holds no replicates");
    compare_scenarios(comparison, stored, scenario, work);
    comparison.compare("seed", fmt::format("{}", stored.seed), fmt::format("{}", scenario.seed));
    comparison.compare("generator", stored.rng, std::string(random::scheme_name));
    comparison.compare("program version", attribute_of(stored.provenance, "program_version"),
                       std::string(build_info::version));
    // Complete results may have more replicates than are wanted now.
    const bool may_have_more = work == StoredWork::finished && stored.is_complete;
    if (comparison.is_empty() && !may_have_more) compare_replicates(comparison, stored, scenario);
    std::move(comparison).finish();
}

}  // namespace rsasim::commands
