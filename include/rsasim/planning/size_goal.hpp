#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include <rsasim/design/design.hpp>
#include <rsasim/design/rates_prior.hpp>
#include <rsasim/planning/certified.hpp>

namespace rsasim::planning {

/// A probability that a trial is to attain, as a function of its arm sizes. But for a saw-tooth it
/// grows with them. Safe to call from many threads.
class SizeGoal {
  public:
    SizeGoal() = default;
    SizeGoal(const SizeGoal&) = delete;
    SizeGoal& operator=(const SizeGoal&) = delete;
    SizeGoal(SizeGoal&&) = delete;
    SizeGoal& operator=(SizeGoal&&) = delete;
    virtual ~SizeGoal() = default;

    /// The probability, to 1e-9 or better.
    [[nodiscard]] virtual double at(const design::ArmSizes& sizes) const = 0;
    /// Whether at(sizes) >= target, found as quickly as can be.
    [[nodiscard]] virtual bool is_reached(const design::ArmSizes& sizes, double target) const;
    /// at(sizes) with every table asked, where at() relies on the shape of the rejection region.
    [[nodiscard]] virtual double by_every_table(const design::ArmSizes& sizes) const;
    /// False where the method has no answer for trials as large as these, whatever their tables;
    /// then the probabilities above say nothing. What is judged has no more tables than what is
    /// not.
    [[nodiscard]] virtual bool is_judged(const design::ArmSizes& sizes) const;
};

using SharedPlan = std::shared_ptr<const design::AnalysisPlan>;
using SharedGoal = std::shared_ptr<const SizeGoal>;

/// The power of test number `test` of the plan, by enumeration. Throws std::invalid_argument
/// where the rates lie in the null hypothesis, so that no number of women gives power.
SharedGoal power_goal(SharedPlan plan, std::size_t test, const design::Rates& rates);

/// Control rates that may turn out true, and what stays as it is.
struct WorstCase {
    RateRange control_rates;
    design::Effect effect;
};

/// The smallest power over all control rates of the range at the effect, proved (to 1e-9). Throws
/// std::invalid_argument where the effect lies in the null hypothesis anywhere in the range, or
/// where no control rate of the range has the effect.
SharedGoal worst_case_goal(SharedPlan plan, std::size_t test, const WorstCase& worst);

/// Assurance: the probability of a rejection in the favourable direction, averaged over the prior.
/// O'Hagan, Stevens & Campbell 2005, doi:10.1002/pst.175.
SharedGoal assurance_goal(SharedPlan plan, std::size_t test, const design::RatesPrior& prior);

/// What assurance tends to as a trial grows: the prior probability that the truth is favourable,
/// and not in the null hypothesis.
double largest_assurance(const design::AnalysisPlan& plan, const design::RatesPrior& prior);

/// The probability that interval number `interval` of the plan has at most this half-width, on the
/// log scale for ratios. An interval that is undefined or infinite has not, nor one of no width:
/// Wald's, a point where no arm has both outcomes, tells nothing of the trial's precision.
SharedGoal half_width_goal(SharedPlan plan, std::size_t interval, const design::Rates& rates,
                           double half_width);

}  // namespace rsasim::planning
