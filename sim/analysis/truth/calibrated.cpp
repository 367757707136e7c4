#include "eligible_women.hpp"
#include "pathway_odds.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include <rsasim/analysis/truth.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {
namespace {

using design::TargetRates;

/// The marginal success rate of one treatment as a function of what is added to the free stage's
/// log odds.
class MarginalRate {
  public:
    MarginalRate(const design::PatientModel& model, const std::vector<Population>& populations,
                 const TargetRates& targets, bool is_treated)
        : populations_(&populations), shift_(model, targets.women), stage_(targets.free_stage) {
        for (const Population& population : populations)
            pathways_.emplace_back(model, population, is_treated);
    }

    [[nodiscard]] double at(double added) const { return with_factor(std::exp(-added)); }
    /// Where everybody passes the free stage.
    [[nodiscard]] double greatest() const { return with_factor(0); }

  private:
    [[nodiscard]] double with_factor(double factor) const {
        double sum = 0;
        for (std::size_t k = 0; k < pathways_.size(); ++k) {
            const Population& population = (*populations_)[k];
            for (std::size_t node = 0; node < population.nodes(); ++node) {
                sum +=
                    population.weights[node] * pathways_[k].success(node, shift_, stage_, factor);
            }
        }
        return sum / static_cast<double>(pathways_.size());
    }

    const std::vector<Population>* populations_;
    std::vector<PathwayOdds> pathways_;
    CommonShift shift_;
    std::size_t stage_;
};

/// What to add to the free stage's log odds for a marginal rate.
double solved(const MarginalRate& rate, double target, const char* arm, const std::string& stage) {
    constexpr double least_room = 1e-12;
    const double greatest = rate.greatest();
    if (!(target > 0 && target < greatest - least_room)) {
        throw ImpossibleModel(fmt::format(
            "a {} rate of {} cannot be reached: with everything else as given, stage \"{}\" can "
            "bring it to anything above 0 and below {:.6g}",
            arm, target, stage, greatest));
    }
    const auto excess = [&](double added) { return rate.at(added) - target; };
    double lower = 0, upper = 0, reach = 1;
    const bool is_above = excess(0) > 0;
    do {
        (is_above ? lower : upper) = is_above ? -reach : reach;
        reach *= 2;
    } while ((excess(is_above ? lower : upper) > 0) == is_above && reach < 1e4);
    constexpr double tolerance = 1e-14;  // of a step in the log odds, relative
    const math::Root root = math::bracketed_root(excess, lower, upper, tolerance);
    if (!root.is_converged) {
        throw ImpossibleModel(
            fmt::format("no {} rate of {} was found by changing stage \"{}\"", arm, target, stage));
    }
    return root.value;
}

}  // namespace

design::PatientModel calibrated(design::PatientModel model) {
    if (model.targets.empty()) return model;
    const auto populations = eligible_women(model, nullptr);
    for (const TargetRates& targets : model.targets) {
        design::Stage& stage = model.stages.at(targets.free_stage);
        // What is solved for starts from 0: what it was before has no say.
        if (targets.control) {
            stage.intercept = 0;
            stage.intercept = solved(MarginalRate(model, populations, targets, false),
                                     *targets.control, "control", stage.name);
        }
        if (targets.treated) {
            stage.treatment = 0;
            stage.treatment = solved(MarginalRate(model, populations, targets, true),
                                     *targets.treated, "treated", stage.name);
        }
    }
    return model;
}

}  // namespace rsasim::analysis
