#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/math/binomial.hpp>
#include <rsasim/math/roots.hpp>
#include <rsasim/planning/detectable_effect.hpp>
#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/sample_size.hpp>

namespace rsasim::planning {

namespace {

constexpr int steps_outwards = 512;
constexpr double rate_tolerance = 1e-10;

/// P(reject) by treated events alone: the control arm is summed out once.
class PowerOverTreatedRate {
  public:
    PowerOverTreatedRate(const design::Design& design, std::size_t test, unsigned threads)
        : design_(&design), by_events_(static_cast<std::size_t>(design.sizes().treated + 1)) {
        const auto region = rejection_region(design, test, threads);
        const auto control =
            math::binomial_probabilities(design.sizes().control, design.rates().control);
        for (std::size_t i = 0; i < region.size(); ++i)
            by_events_[i / control.size()] += region[i] * control[i % control.size()];
    }

    [[nodiscard]] double at(double treated_rate) const {
        const auto treated = math::binomial_probabilities(design_->sizes().treated, treated_rate);
        double sum = 0;
        for (std::size_t x = 0; x < treated.size(); ++x)
            sum += treated[x] * by_events_[x];
        return sum;
    }

    [[nodiscard]] bool is_in_null(double treated_rate) const {
        return design_->analysis().has_in_null({treated_rate, design_->rates().control});
    }

  private:
    const design::Design* design_;
    std::vector<double> by_events_;
};

std::optional<DetectableRate> nearest_detectable(const PowerOverTreatedRate& power, double from,
                                                 double to, double target) {
    double inside = from;
    for (int step = 1; step <= steps_outwards; ++step) {
        const double rate = from + (to - from) * step / steps_outwards;
        if (power.is_in_null(rate) || power.at(rate) < target) {
            inside = rate;
            continue;
        }
        const auto crossing = math::bracketed_root(
            [&](double at) { return power.is_in_null(at) ? -target : power.at(at) - target; },
            inside, rate, rate_tolerance);
        const double found = crossing.is_converged ? crossing.value : rate;
        return DetectableRate{found, power.at(found)};
    }
    return std::nullopt;
}

}  // namespace

void require_smallest_effect(const design::AnalysisPlan& plan) {
    if (!plan.equivalence) return;
    throw std::invalid_argument(
        "a test of equivalence has no smallest effect: its power falls away from the middle");
}

double null_treated_rate(const design::Design& design) {
    const design::AnalysisPlan& plan = design.analysis();
    const double control = design.rates().control;
    if (plan.null.is_no_effect()) return control;
    if (plan.null.measure == design::Measure::odds_ratio && (control == 0 || control == 1))
        return control;
    return std::clamp(design::treated_rate_for(plan.null.measure, plan.null.value, control), 0.0,
                      1.0);
}

DetectableRates detectable_rates(const design::Design& design, std::size_t test, double power,
                                 unsigned threads) {
    require_target(power);
    require_smallest_effect(design.analysis());
    const PowerOverTreatedRate curve(design, test, threads);
    const double start = null_treated_rate(design);
    return {nearest_detectable(curve, start, 1, power), nearest_detectable(curve, start, 0, power)};
}

}  // namespace rsasim::planning
