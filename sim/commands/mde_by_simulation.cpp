#include "mde_by_simulation.hpp"

#include "console.hpp"
#include "one_test.hpp"
#include "one_test_trials.hpp"
#include "planning_input.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/simulated_effect_text.hpp>
#include <rsasim/planning/detectable_effect.hpp>

namespace rsasim::commands {
namespace {

/// A setting this near to 0 or 1 stands for it where a model allows neither.
constexpr double edge = 1e-6;
/// Halvings of the distance to the farthest setting.
constexpr int halvings = 8;

/// A scenario at settings of arms.treated_rate. The treated rate of its 2x2 table may be another:
/// women who drop out may count as failures, or not take the drug.
class TreatedRates {
  public:
    TreatedRates(const PlanningOptions& options, std::string label)
        : options_(options), label_(std::move(label)) {}

    /// The design at a setting; throws scenario::InputErrors where the model cannot have it.
    const design::Design& at_setting(double setting) {
        const auto known = designs_.find(setting);
        if (known != designs_.end()) return known->second;
        scenario_ = read_with_treated_rate(options_, setting);
        auto design = with_one_test(scenario_->grid.cells.front().design, label_);
        return designs_.emplace(setting, std::move(*design)).first->second;
    }
    [[nodiscard]] const scenario::Scenario& scenario() const { return *scenario_; }

    /// The last setting towards 0 or 1 that the model can have, to within 0.4 per cent of the way
    /// from one that it can.
    double farthest(double from, double end) {
        for (const double last : {end, end > from ? end - edge : end + edge}) {
            if (can_have(last)) return last;
        }
        double possible = from, impossible = end;
        for (int i = 0; i < halvings; ++i) {
            const double middle = (possible + impossible) / 2;
            (can_have(middle) ? possible : impossible) = middle;
        }
        return possible;
    }

    /// The design whose table has about this treated rate; the same for the same rate.
    const design::Design& near_rate(double treated_rate) {
        const auto asked = settings_.try_emplace(treated_rate, setting_for(treated_rate)).first;
        return at_setting(asked->second);
    }

    /// About the setting that gives the table this treated rate, by a line through the two known
    /// ones that lie nearest.
    [[nodiscard]] double setting_for(double treated_rate) const {
        std::vector<std::pair<double, double>> known;
        for (const auto& [setting, design] : designs_)
            known.emplace_back(design.rates().treated, setting);
        std::ranges::sort(known, {},
                          [&](const auto& at) { return std::abs(at.first - treated_rate); });
        const auto [rate, setting] = known.front();
        const auto other = std::ranges::find_if(
            known, [&, near = rate](const auto& at) { return at.first != near; });
        const double slope =
            other == known.end() ? 1 : (other->second - setting) / (other->first - rate);
        return std::clamp(setting + slope * (treated_rate - rate), designs_.begin()->first,
                          std::prev(designs_.end())->first);
    }

  private:
    bool can_have(double setting) {
        try {
            at_setting(setting);
            return true;
        } catch (const scenario::InputErrors&) {
            return false;
        }
    }

    const PlanningOptions& options_;
    std::string label_;
    std::optional<scenario::Scenario> scenario_;
    std::map<double, design::Design> designs_;  ///< by setting
    std::map<double, double> settings_;         ///< by the rate that was asked for
};

/// Refuses scenarios whose pathway is given to the end, so that no treated rate can be set.
void require_settable(TreatedRates& rates, double setting) {
    try {
        rates.at_setting(setting);
    } catch (const scenario::InputErrors& errors) {
        std::vector<std::string> messages{
            "mde: the effect is sought as arms.treated_rate, which this scenario cannot have:"};
        messages.insert(messages.end(), errors.messages().begin(), errors.messages().end());
        throw scenario::InputErrors(messages);
    }
}

/// The detectable effect on one side of the null.
std::optional<files::SimulatedEffectReport::Side> side_of(
    TreatedRates& rates, planning::SimulatedEffectQuestion question, double end, unsigned threads) {
    const bool is_above = end > question.null_rate;
    const auto& farthest = rates.at_setting(rates.farthest(question.null_rate, end));
    question.farthest_rate = farthest.rates().treated;
    const bool is_on_side = (question.farthest_rate > question.null_rate) == is_above;
    if (!is_on_side || farthest.analysis().has_in_null(farthest.rates())) return {};
    const auto found = planning::simulated_detectable_rate(
        question, [&](const std::vector<double>& wanted, std::int64_t replicates, int round) {
            std::vector<design::Design> designs;
            for (const double rate : wanted)
                designs.push_back(rates.near_rate(rate));
            // The two sides are independent of each other.
            const int round_of_both = 2 * round + (is_above ? 0 : 1);
            const auto rejected =
                simulated_rejections(rates.scenario(), designs, replicates, round_of_both, threads);
            std::vector<planning::RateLook> looks;
            for (std::size_t i = 0; i < designs.size(); ++i)
                looks.push_back({designs[i].rates().treated, replicates, rejected[i]});
            return looks;
        });
    if (!found) return {};
    return files::SimulatedEffectReport::Side{*found, rates.setting_for(found->treated_rate)};
}

}  // namespace

void print_mde_by_simulation(const PlanningOptions& options, const scenario::Scenario& scenario,
                             const std::string& why) {
    const design::Design& design = one_cell(scenario, "mde");
    const auto& plan = design.analysis();
    planning::require_smallest_effect(plan);
    planning::SimulatedEffectQuestion question;
    question.sizes = design.sizes();
    question.null_rate = planning::null_treated_rate(design);
    question.power = options.power;
    question.level = one_sided_level(plan);
    question.replicates = replicates_of_search(options, scenario);
    files::SimulatedEffectReport report{question, chosen_test(options, plan, "mde"),
                                        plan,     design.rates().control,
                                        why,      scenario.seed,
                                        {},       {}};
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    TreatedRates rates(options, report.test);
    require_settable(rates, question.null_rate);
    report.above = side_of(rates, question, 1, threads);
    report.below = side_of(rates, question, 0, threads);
    if (!report.above && !report.below) {
        throw scenario::InputErrors(
            {fmt::format("mde: no treated rate that the model can have gives the test {} a power "
                         "of {}, as far as simulation shows. Take larger arms, or ask for less.",
                         report.test, options.power)});
    }
    print(options.json ? files::simulated_effect_to_json(report)
                       : files::simulated_effect_to_text(report, wants_colour()));
}

}  // namespace rsasim::commands
