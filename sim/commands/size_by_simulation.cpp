#include "size_by_simulation.hpp"

#include "console.hpp"
#include "one_test.hpp"
#include "one_test_trials.hpp"
#include "planning_input.hpp"
#include "size_aim.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/simulated_size_text.hpp>
#include <rsasim/planning/formula.hpp>

namespace rsasim::commands {
namespace {

/// A first guess where no formula has one.
constexpr std::int64_t some_women = 150;
/// Where the sizes looked at leave those that a scenario was read for by more than this factor, it
/// is read again: what is solved for, such as a base rate under a time trend, may depend on them.
constexpr double read_again = 1.1;

/// Simulates one test of a scenario at any size.
class SizeTrials {
  public:
    SizeTrials(const PlanningOptions& options, std::string label)
        : options_(options),
          label_(std::move(label)),
          threads_(options.threads > 0 ? options.threads : engine::available_threads()) {}

    std::vector<planning::SizeLook> operator()(const std::vector<design::ArmSizes>& sizes,
                                               std::int64_t replicates, int round) {
        read_for(sizes[sizes.size() / 2]);
        std::vector<design::Design> designs;
        for (const auto& size : sizes)
            designs.push_back(prototype_->with_sizes(size));
        const auto rejected =
            simulated_rejections(*scenario_, designs, replicates, round, threads_);
        std::vector<planning::SizeLook> looks;
        for (std::size_t i = 0; i < sizes.size(); ++i)
            looks.push_back({sizes[i], replicates, rejected[i]});
        return looks;
    }

  private:
    void read_for(const design::ArmSizes& sizes) {
        const auto women = static_cast<double>(sizes.treated + sizes.control);
        if (prototype_ && std::abs(std::log(women / read_for_)) < std::log(read_again)) return;
        read_for_ = women;
        scenario_ = read_with_sizes(options_, sizes);
        prototype_ = with_one_test(scenario_->grid.cells.front().design, label_);
    }

    const PlanningOptions& options_;
    std::string label_;
    unsigned threads_;
    std::optional<scenario::Scenario> scenario_;
    std::optional<design::Design> prototype_;
    double read_for_ = 1;
};

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
                         options.method == PlanningMethod::formula;
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
    question.level = one_sided_level(plan);
    question.start = first_guess(design, std::min(options.power, planning::largest_target));
    question.cap = options.cap;
    question.replicates = replicates_of_search(options, scenario);
    files::SimulatedSizeReport report{
        question, chosen_test(options, plan, "size"), plan, design.rates(), scenario.seed, why, {},
        {}};
    SizeTrials trials(options, report.test);
    report.answer = planning::simulated_sample_size(
        question, [&](const std::vector<design::ArmSizes>& sizes, std::int64_t replicates,
                      int round) { return trials(sizes, replicates, round); });
    if (options.dropout) {
        report.recruited = inflated_sizes(report.answer.sizes, *options.dropout);
        report.dropout = *options.dropout;
    }
    print(options.json ? files::simulated_size_to_json(report)
                       : files::simulated_size_to_text(report, wants_colour()));
}

}  // namespace rsasim::commands
