#include "size_by_simulation.hpp"

#include "assemble.hpp"
#include "console.hpp"
#include "one_test.hpp"
#include "planning_input.hpp"
#include "size_aim.hpp"
#include "work.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/simulated_size_text.hpp>
#include <rsasim/planning/formula.hpp>

namespace rsasim::commands {
namespace {

using planning::PowerLook;

constexpr std::int64_t default_budget = 100'000;
/// A first guess where no formula has one.
constexpr std::int64_t some_women = 150;
/// Where the sizes looked at leave those that a scenario was read for by more than this factor, it
/// is read again: what is solved for, such as a base rate under a time trend, may depend on them.
constexpr double read_again = 1.1;

/// Simulates one test of a scenario at any size.
class Trials {
  public:
    Trials(const PlanningOptions& options, std::string label, std::uint64_t seed)
        : options_(options), label_(std::move(label)), seed_(seed) {}

    std::vector<PowerLook> operator()(const std::vector<design::ArmSizes>& sizes,
                                      std::int64_t replicates, int round) {
        read_for(sizes[sizes.size() / 2]);
        scenario_->seed = seed_of(round);
        auto& cells = scenario_->grid.cells;
        cells.clear();
        for (const auto& size : sizes)
            cells.push_back({prototype_->with_sizes(size), replicates});
        const std::vector<tally::ReplicateRanges> ranges(sizes.size(), {{0, replicates}});
        const unsigned threads =
            options_.threads > 0 ? options_.threads : engine::available_threads();
        auto totals = engine::simulate(tasks_of(*scenario_, ranges), {threads});
        std::vector<PowerLook> looks;
        for (std::size_t i = 0; i < sizes.size(); ++i)
            looks.push_back({sizes[i], replicates, rejected(i, std::move(totals[i]), threads)});
        return looks;
    }

  private:
    void read_for(const design::ArmSizes& sizes) {
        const auto women = static_cast<double>(sizes.treated + sizes.control);
        if (prototype_ && std::abs(std::log(women / read_for_)) < std::log(read_again)) return;
        read_for_ = women;
        scenario_ = read_with_sizes(options_, sizes);
        scenario_->common_random_numbers = false;
        prototype_ = with_one_test(scenario_->grid.cells.front().design, label_);
        scenario_->grid.axes.clear();
    }
    /// Rounds are independent of each other: seeds an odd multiple of 2^64 / golden ratio apart.
    [[nodiscard]] std::uint64_t seed_of(int round) const {
        return seed_ + 0x9E3779B97F4A7C15U * (static_cast<std::uint64_t>(round) + 1);
    }
    std::int64_t rejected(std::size_t cell, engine::CellTotals totals, unsigned threads) const {
        scenario::Scenario one = *scenario_;
        one.grid.cells = {scenario_->grid.cells[cell]};
        std::vector<engine::CellTotals> of_one;
        of_one.push_back(std::move(totals));
        const auto results = assemble_simulation(one, std::move(of_one), threads);
        return results.cells.front().summary.tests.front().n_reject;
    }

    const PlanningOptions& options_;
    std::string label_;
    std::uint64_t seed_;
    std::optional<scenario::Scenario> scenario_;
    std::optional<design::Design> prototype_;
    double read_for_ = 1;
};

/// The test that is asked for, or the only one.
std::string chosen_test(const PlanningOptions& options, const design::AnalysisPlan& plan) {
    const auto labels = test_labels(plan);
    if (options.test && std::ranges::find(labels, *options.test) != labels.end())
        return *options.test;
    if (!options.test && labels.size() == 1) return labels.front();
    const auto known = fmt::format("{}", fmt::join(labels, ", "));
    throw scenario::InputErrors(
        {options.test
             ? fmt::format("size --test {}: is not among the tests of the scenario. They are {}.",
                           *options.test, known)
             : fmt::format("size: the input names {} tests, and the answer is of one. Give it: "
                           "--test {}. They are {}.",
                           labels.size(), labels.back(), known)});
}

/// A first guess: the size of the table test by formula, where the rates have one.
std::int64_t first_guess(const design::Design& design, double power) {
    const auto& plan = design.analysis();
    const auto asked = planning::formula_question(plan, design.rates(), ratio_of(design), power);
    const auto sizes = planning::all_formula_sizes(asked);
    return sizes.empty() ? some_women : sizes.front().sizes.treated + sizes.front().sizes.control;
}

void refuse_other_aims(const PlanningOptions& options) {
    require_one_aim(options);
    const bool has_aim = options.worst_case || options.half_width || asks_for_assurance(options) ||
                         options.with_formulas;
    if (!has_aim && !options.horizon) return;
    throw scenario::InputErrors(
        {"size: --worst-case, --assurance, --half-width, --method formula and --horizon are "
         "answered by enumeration, and this size is sought by simulation. Leave them out."});
}

}  // namespace

void print_size_by_simulation(const PlanningOptions& options, const scenario::Scenario& scenario,
                              const std::string& why) {
    refuse_other_aims(options);
    const design::Design& design = one_cell(scenario, "size");
    const auto& plan = design.analysis();
    if (plan.has_in_null(design.rates())) {
        throw scenario::InputErrors(
            {"size: the rates lie in the null hypothesis, so that no number of women gives "
             "power."});
    }
    planning::SimulatedSizeQuestion question;
    question.ratio = ratio_of(design);
    question.power = options.power;
    const bool is_halved = plan.sides == design::Sides::two && !plan.equivalence;
    question.level = is_halved ? plan.alpha / 2 : plan.alpha;
    question.start = first_guess(design, std::min(options.power, planning::largest_target));
    question.cap = options.cap;
    question.replicates = has_flag(options.input, "--replicates")
                              ? scenario.grid.cells.front().replicates
                              : default_budget;
    files::SimulatedSizeReport report{
        question, chosen_test(options, plan), plan, design.rates(), scenario.seed, why, {}, {}};
    Trials trials(options, report.test, scenario.seed);
    report.answer = planning::simulated_sample_size(
        question, [&](const std::vector<design::ArmSizes>& sizes, std::int64_t replicates,
                      int round) { return trials(sizes, replicates, round); });
    if (options.dropout) report.recruited = inflated_sizes(report.answer.sizes, *options.dropout);
    print(options.json ? files::simulated_size_to_json(report)
                       : files::simulated_size_to_text(report, wants_colour()));
}

}  // namespace rsasim::commands
