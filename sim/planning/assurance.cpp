#include "count_window.hpp"
#include "prior_points.hpp"
#include "rejection_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/math/quantiles.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace rsasim::planning {
namespace {

using math::WeightedPoint;

/// Less probable counts are left out of a mixture.
constexpr double negligible_count = 1e-18;
/// Below this a prior has no mass worth the name.
constexpr double least_mass = 1e-6;

/// P(x + 1) / P(x) of n women at even odds, x = 0, ..., n - 1, and the inverses.
struct CountSteps {
    std::vector<double> up, down;

    explicit CountSteps(std::int64_t n) {
        for (std::int64_t x = 0; x < n; ++x) {
            up.push_back(static_cast<double>(n - x) / static_cast<double>(x + 1));
            down.push_back(1 / up.back());
        }
    }
};

/// Probabilities of an arm's counts 0, ..., n, averaged over rates.
class CountMixture {
  public:
    explicit CountMixture(const CountSteps& steps)
        : steps_(&steps), n_(static_cast<std::int64_t>(steps.up.size())), p_(steps.up.size() + 1) {}

    void add(const WeightedPoint& rate) {
        const auto mode =
            std::min(n_, static_cast<std::int64_t>(rate.at * (static_cast<double>(n_) + 1)));
        const double peak = rate.weight * math::binomial_probability(mode, n_, rate.at);
        p_[static_cast<std::size_t>(mode)] += peak;
        const double odds = rate.at / (1 - rate.at);
        const double least = negligible_count * peak;
        double p = peak;
        for (auto x = static_cast<std::size_t>(mode); x < steps_->up.size() && p > least; ++x) {
            p *= odds * steps_->up[x];
            p_[x + 1] += p;
        }
        p = peak;
        for (auto x = static_cast<std::size_t>(mode); x > 0 && p > least; --x) {
            p *= steps_->down[x - 1] / odds;
            p_[x - 1] += p;
        }
    }
    void add(const std::vector<WeightedPoint>& rates) {
        for (const auto& rate : rates)
            add(rate);
    }
    [[nodiscard]] const std::vector<double>& probabilities() const { return p_; }
    /// P(fewer than x), x = 0, ..., n + 1.
    [[nodiscard]] std::vector<double> sums() const {
        std::vector<double> below(p_.size() + 1);
        std::partial_sum(p_.begin(), p_.end(), below.begin() + 1);
        return below;
    }

  private:
    const CountSteps* steps_;
    std::int64_t n_;
    std::vector<double> p_;
};

using Runs = std::vector<CountWindow>;

/// What is rejected in the favourable direction, row by row.
std::vector<Runs> favourable_rows(const design::ArmSizes& sizes, const design::AnalysisPlan& plan,
                                  std::size_t test) {
    const TestRule rule(sizes, plan, test);
    RejectionRows rows(rule, sizes, {0, sizes.treated});
    std::vector<Runs> favourable;
    for (std::int64_t y = 0; y <= sizes.control; ++y) {
        const auto is_good = [&](std::int64_t x) {
            return analysis::is_favourable({{x, sizes.treated}, {y, sizes.control}}, plan);
        };
        Runs runs = rows.at(y);
        for (auto& [first, last] : runs) {
            while (first <= last && !is_good(first))
                ++first;
            while (first <= last && !is_good(last))
                --last;
        }
        std::erase_if(runs, [](const CountWindow& run) { return run.size() <= 0; });
        favourable.push_back(std::move(runs));
    }
    return favourable;
}

double probability_of(const std::vector<Runs>& rows, const CountMixture& treated,
                      const CountMixture& control) {
    const auto below = treated.sums();
    double sum = 0;
    for (std::size_t y = 0; y < rows.size(); ++y) {
        double row = 0;
        for (const auto& run : rows[y]) {
            row += below[static_cast<std::size_t>(run.last + 1)] -
                   below[static_cast<std::size_t>(run.first)];
        }
        sum += row * control.probabilities()[y];
    }
    return sum;
}

class AssuranceGoal : public SizeGoal {
  public:
    AssuranceGoal(SharedPlan plan, std::size_t test, const design::RatesPrior& prior)
        : plan_(std::move(plan)), test_(test), prior_(prior) {}

    [[nodiscard]] double at(const design::ArmSizes& sizes) const override {
        const auto women = static_cast<double>(std::max(sizes.treated, sizes.control));
        const PriorPoints points(prior_, women);
        const auto rows = favourable_rows(sizes, *plan_, test_);
        const CountSteps of_treated(sizes.treated), of_control(sizes.control);
        if (points.is_independent()) {
            CountMixture treated(of_treated), control(of_control);
            treated.add(points.treated_rates(0.5));
            control.add(points.control_rates());
            return probability_of(rows, treated, control);
        }
        double sum = 0, mass = 0;
        for (const auto& control_rate : points.control_rates()) {
            const auto rates = points.treated_rates(control_rate.at);
            CountMixture treated(of_treated), control(of_control);
            treated.add(rates);
            control.add(control_rate);
            sum += probability_of(rows, treated, control);
            for (const auto& rate : rates)
                mass += control_rate.weight * rate.weight;
        }
        return sum / mass;
    }
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const override {
        return can_be_judged(sizes, *plan_, test_);
    }

  private:
    SharedPlan plan_;
    std::size_t test_;
    design::RatesPrior prior_;
};

/// P(an effect of at most that of `bound`) beside a control rate, of what a risk ratio is cut to.
double prior_cdf(const design::RatesPrior& prior, const design::Effect& bound, double control) {
    const double rate =
        std::clamp(design::treated_rate_for(bound.measure, bound.value, control), 0.0, 1.0);
    if (prior.treated_rate)
        return math::beta_cdf(rate, prior.treated_rate->a, prior.treated_rate->b);
    const auto& of_ratio = prior.ratio.value();
    const design::Measure measure = of_ratio.measure;
    const auto below = [&](double ratio) {
        return math::normal_cdf((std::log(ratio) - std::log(of_ratio.median)) / of_ratio.log_sd);
    };
    const double most = measure == design::Measure::risk_ratio ? below(1 / control) : 1;
    // The same ratio at any control rate, as near to 0 or 1 as it may lie.
    if (bound.is_no_effect()) return std::min(most, below(1));
    if (bound.measure == measure) return std::min(most, below(bound.value));
    if (rate <= 0) return 0;
    return rate >= 1 ? most : std::min(most, below(design::effect_of(measure, {rate, control})));
}

/// P(treated rate <= 1) beside a control rate.
double prior_mass(const design::RatesPrior& prior, double control) {
    return prior_cdf(prior, {design::Measure::risk_difference, 1}, control);
}

/// P(an effect that the rule is to find) beside a control rate.
double favourable_mass(const design::AnalysisPlan& plan, const design::RatesPrior& prior,
                       double control) {
    if (const auto& margins = plan.equivalence) {
        return prior_cdf(prior, {margins->measure, margins->upper}, control) -
               prior_cdf(prior, {margins->measure, margins->lower}, control);
    }
    const double below = prior_cdf(prior, plan.null, control);
    return plan.direction == design::Direction::higher_is_better
               ? prior_mass(prior, control) - below
               : below;
}

/// As many women as an arm may have at the default cap: the density of the points.
constexpr double women_of_limit = 10'000;

void require_sound(const design::RatesPrior& prior) {
    const auto refuse = [](const char* what) { throw std::invalid_argument(what); };
    const auto is_positive = [](double x) { return x > 0 && std::isfinite(x); };
    for (const auto& beta : {prior.control_rate, prior.treated_rate}) {
        if (beta && !(is_positive(beta->a) && is_positive(beta->b)))
            refuse("a beta prior needs two shapes above 0");
    }
    if (prior.treated_rate.has_value() == prior.ratio.has_value()) {
        refuse(
            "assurance needs one prior of the effect: of the treated rate, the odds ratio or the "
            "risk ratio");
    }
    if (prior.ratio && !(is_positive(prior.ratio->median) && is_positive(prior.ratio->log_sd)))
        refuse("a log-normal prior needs a median and a standard deviation above 0");
    const double known = prior.known_control_rate;
    if (!prior.control_rate && !(known > 0 && known < 1))
        refuse("a known control rate under a prior lies between 0 and 1");
}

}  // namespace

double largest_assurance(const design::AnalysisPlan& plan, const design::RatesPrior& prior) {
    const PriorPoints points(prior, women_of_limit);
    double favourable = 0, mass = 0;
    for (const auto& control : points.control_rates()) {
        favourable += control.weight * std::max(0.0, favourable_mass(plan, prior, control.at));
        mass += control.weight * prior_mass(prior, control.at);
    }
    return mass < least_mass ? 0 : favourable / mass;
}

SharedGoal assurance_goal(SharedPlan plan, std::size_t test, const design::RatesPrior& prior) {
    require_sound(prior);
    if (largest_assurance(*plan, prior) < least_mass) {
        throw std::invalid_argument(
            "the prior has no mass in range: treated rates up to 1 that the test could find "
            "have a probability below 1e-6");
    }
    return std::make_shared<AssuranceGoal>(std::move(plan), test, prior);
}

}  // namespace rsasim::planning
