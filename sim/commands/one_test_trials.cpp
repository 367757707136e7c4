#include "one_test_trials.hpp"

#include "assemble.hpp"
#include "one_test.hpp"
#include "planning_input.hpp"
#include "work.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/table_reduction.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>

namespace rsasim::commands {
namespace {

constexpr std::int64_t default_search = 100'000;

/// Seeds of rounds are multiples of 2^64 / golden ratio apart.
std::uint64_t seed_of_round(std::uint64_t seed, int round) {
    return seed + 0x9E3779B97F4A7C15U * (static_cast<std::uint64_t>(round) + 1);
}

std::int64_t rejected_in(const scenario::Scenario& scenario, std::size_t cell,
                         engine::CellTotals totals, unsigned threads) {
    scenario::Scenario one = scenario;
    one.grid.cells = {scenario.grid.cells[cell]};
    std::vector<engine::CellTotals> of_one;
    of_one.push_back(std::move(totals));
    const auto results = assemble_simulation(one, std::move(of_one), threads);
    return results.cells.front().summary.tests.front().n_reject;
}

std::string why_not_by_tables(const PlanningOptions& options, const design::Design& design) {
    auto reason = design::why_not_a_table(design);
    if (!reason.empty()) return reason;
    const bool is_of_women = options.test && is_test_of_women(design.analysis(), *options.test);
    return is_of_women ? *options.test + " is no test of the 2x2 table" : "";
}

}  // namespace

std::string why_simulated(const PlanningOptions& options, const design::Design& design,
                          std::string_view command) {
    if (options.method == PlanningMethod::simulation) return "it was asked for";
    const auto reason = why_not_by_tables(options, design);
    if (options.method == PlanningMethod::exact && !reason.empty()) {
        throw scenario::InputErrors(
            {fmt::format("{} --method exact: tables cannot be enumerated, because {}. Leave the "
                         "flag out, and the answer is sought by simulation.",
                         command, reason)});
    }
    return reason;
}

std::string chosen_test(const PlanningOptions& options, const design::AnalysisPlan& plan,
                        std::string_view command) {
    const auto labels = test_labels(plan);
    if (options.test && std::ranges::find(labels, *options.test) != labels.end())
        return *options.test;
    if (!options.test && labels.size() == 1) return labels.front();
    const auto known = fmt::format("{}", fmt::join(labels, ", "));
    throw scenario::InputErrors(
        {options.test
             ? fmt::format("{} --test {}: is not among the tests of the scenario. They are {}.",
                           command, *options.test, known)
             : fmt::format("{}: the input names {} tests, and the answer is of one. Give it: "
                           "--test {}. They are {}.",
                           command, labels.size(), labels.back(), known)});
}

std::int64_t replicates_of_search(const PlanningOptions& options,
                                  const scenario::Scenario& scenario) {
    const bool is_given = has_flag(options.input, "--replicates");
    return is_given ? scenario.grid.cells.front().replicates : default_search;
}

double one_sided_level(const design::AnalysisPlan& plan) {
    const bool is_halved = plan.sides == design::Sides::two && !plan.equivalence;
    return is_halved ? plan.alpha / 2 : plan.alpha;
}

std::vector<std::int64_t> simulated_rejections(scenario::Scenario scenario,
                                               const std::vector<design::Design>& designs,
                                               std::int64_t replicates, int round,
                                               unsigned threads) {
    scenario.seed = seed_of_round(scenario.seed, round);
    scenario.common_random_numbers = false;
    scenario.grid.axes.clear();
    scenario.grid.cells.clear();
    for (const auto& design : designs)
        scenario.grid.cells.push_back({design, replicates});
    const std::vector<tally::ReplicateRanges> ranges(designs.size(), {{0, replicates}});
    auto totals = engine::simulate(tasks_of(scenario, ranges), {threads});
    std::vector<std::int64_t> rejections;
    for (std::size_t i = 0; i < designs.size(); ++i)
        rejections.push_back(rejected_in(scenario, i, std::move(totals[i]), threads));
    return rejections;
}

}  // namespace rsasim::commands
