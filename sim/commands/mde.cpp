#include "console.hpp"
#include "mde_by_simulation.hpp"
#include "one_test_trials.hpp"
#include "options.hpp"
#include "planning_input.hpp"
#include "table_designs.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/planning_text.hpp>

namespace rsasim::commands {
namespace {

constexpr std::size_t most_tables = std::size_t{1} << 22;

void require_small(const design::ArmSizes& sizes) {
    if (analysis::TableGrid(sizes).size() <= most_tables) return;
    throw scenario::InputErrors({fmt::format(
        "mde: {} v {} women make more than {} tables, and every table is looked at. Choose "
        "smaller arms.",
        sizes.treated, sizes.control, most_tables)});
}

void print_by_enumeration(const PlanningOptions& options) {
    const auto scenario = reduced_to_tables(read_without_effect_for_test(options), "mde");
    const design::Design& design = one_design(scenario, "mde");
    require_small(design.sizes());
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    const files::DetectableReport report{
        design, options.power, planning::detectable_rates(design, 0, options.power, threads)};
    if (!report.rates.above && !report.rates.below) {
        throw scenario::InputErrors(
            {fmt::format("mde: not even a treated rate of 0 or 1 gives a power of {}. Take larger "
                         "arms, or ask for less.",
                         options.power)});
    }
    print(options.json ? files::detectable_to_json(report)
                       : files::detectable_to_text(report, wants_colour()));
}

}  // namespace

ExitStatus mde(const PlanningOptions& options) {
    try {
        const auto scenario = read_without_effect(options);
        tell_of_unused(options.input, {"--precision"}, "only rsasim run stops at a precision");
        tell_of_unused(options.input,
                       {"--treated-rate", "--odds-ratio", "--risk-ratio", "--risk-difference"},
                       "the effect is what mde finds");
        const auto why = why_simulated(options, one_cell(scenario, "mde"), "mde");
        if (!why.empty()) {
            print_mde_by_simulation(options, scenario, why);
        } else {
            tell_of_unused(options.input, {"--replicates", "--seed"},
                           "the effect is found by enumeration; --method simulation simulates");
            print_by_enumeration(options);
        }
    } catch (const std::invalid_argument& error) {
        throw scenario::InputErrors({fmt::format("mde: {}.", error.what())});
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
