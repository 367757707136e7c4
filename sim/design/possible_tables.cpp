#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <rsasim/design/possible_tables.hpp>
#include <rsasim/math/portable_exp.hpp>

namespace rsasim::design {
namespace {

constexpr double pi = 3.14159265358979323846;
/// Of 0 to 4 dimensions: the volume of the unit ball, and the quantile of chi-square with the upper
/// tail 1e-12.
constexpr std::array<double, 5> unit_balls{1, 2, pi, 4 * pi / 3, pi* pi / 2};
constexpr std::array<double, 5> squared_radii{0, 50.8442, 55.2621, 58.9198, 62.1998};

/// The largest variance of an indicator.
constexpr double largest_variance = 0.25;

/// The numbers that vary from trial to trial, by their variances.
class Varying {
  public:
    void add(double variance) {
        if (variance > 0) variances_[size_++] = variance;
    }
    [[nodiscard]] double tables() const {
        double tables = unit_balls[size_];
        for (std::size_t i = 0; i < size_; ++i)
            tables *= std::sqrt(squared_radii[size_] * variances_[i]) + 1;
        return tables;
    }

  private:
    std::array<double, 4> variances_{};
    std::size_t size_ = 0;
};

/// p (1 - p) at a log odds; 0 where it is infinite.
double variance_at(double log_odds) {
    if (std::isinf(log_odds)) return 0;
    const auto [yes, no] = math::odds_of(log_odds);
    return yes / (yes + no) * (no / (yes + no));
}

/// The largest p (1 - p) between two log odds.
double variance_between(double one, double other) {
    const bool spans_half = std::min(one, other) < 0 && std::max(one, other) > 0;
    return spans_half && std::isfinite(one) ? largest_variance
                                            : std::max(variance_at(one), variance_at(other));
}

double dropout_variance(const ArmDropout& arm, bool has_effects) {
    if (!std::isfinite(arm.log_odds)) return 0;
    if (has_effects) return largest_variance;
    return variance_between(arm.log_odds, arm.log_odds + arm.outcome_log_odds_ratio);
}

double adherence_variance(double log_odds, bool has_effects) {
    if (!std::isfinite(log_odds)) return 0;
    return has_effects ? largest_variance : variance_at(log_odds);
}

/// Of a woman's being left out of the first set's table, by arm.
struct LeftOut {
    double treated = 0, control = 0;

    void add(double of_treated, double of_control) {
        treated = std::min(treated + of_treated, largest_variance);
        control = std::min(control + of_control, largest_variance);
    }
};

LeftOut left_out(const PatientModel& model, const AnalysisSet& set) {
    LeftOut out;
    const bool needs_outcome =
        set.handling == Handling::complete_case || set.handling == Handling::multiple_imputation;
    if (model.dropout && needs_outcome) {
        const bool has_effects = !model.dropout->effects.empty();
        out.add(dropout_variance(model.dropout->treated, has_effects),
                dropout_variance(model.dropout->control, has_effects));
    }
    if (model.adherence && set.population == Population::per_protocol) {
        const bool has_effects = !model.adherence->effects.empty();
        out.add(adherence_variance(model.adherence->treated_log_odds, has_effects),
                adherence_variance(model.adherence->control_log_odds, has_effects));
    }
    if (set.subgroup) out.add(largest_variance, largest_variance);
    return out;
}

/// Of the difference of two arms under Efron's coin: sum (2k - 1) rho^(k - 1), where rho = (1 - p)
/// / p and P(|difference| >= k) <= rho^(k - 1).
double coin_variance(double probability) {
    const double rho = (1 - probability) / probability;
    return rho < 1 ? (1 + rho) / ((1 - rho) * (1 - rho)) : std::numeric_limits<double>::infinity();
}

double levels_of(const std::vector<Factor>& factors) {
    double levels = 0;
    for (const Factor& factor : factors)
        levels += static_cast<double>(factor.levels());
    return std::max(levels, 1.0);
}

/// Of the number of women allotted to the treated arm.
double allocation_variance(const Allocation& allocation, const ArmSizes& sizes) {
    const std::int64_t women = sizes.treated + sizes.control;
    const auto n = static_cast<double>(women);
    const double treated = static_cast<double>(allocation.treated_share);
    const double share = treated / (treated + static_cast<double>(allocation.control_share));
    const double independent = n * share * (1 - share);
    const auto of_blocks = [&](double strata) {
        std::int64_t largest = 0;
        for (const std::int64_t size : allocation.block_sizes)
            largest = std::max(largest, size);
        return std::min(independent, strata * static_cast<double>(largest) * share * (1 - share));
    };
    switch (allocation.scheme) {
        case Scheme::random_allocation:
        case Scheme::truncated_binomial:
            return 0;
        case Scheme::complete:
        case Scheme::urn:
            return independent;
        case Scheme::permuted_block:
            return allocation.block_sizes.size() == 1 && women % allocation.block_sizes[0] == 0
                       ? 0
                       : of_blocks(1);
        case Scheme::stratified_block:
            return of_blocks(static_cast<double>(strata_of(allocation.strata)));
        case Scheme::biased_coin:
            return std::min(independent, coin_variance(allocation.probability) / 4);
        case Scheme::big_stick: {
            const auto limit = static_cast<double>(allocation.limit);
            return std::min(independent, limit * limit / 4);
        }
        case Scheme::minimisation:
            return std::min(independent, levels_of(allocation.strata) *
                                             coin_variance(allocation.probability) / 4);
    }
    return independent;
}

}  // namespace

double possible_tables(const Design& design) {
    const auto [treated, control] = design.sizes();
    const auto n_treated = static_cast<double>(treated);
    const auto n_control = static_cast<double>(control);
    Varying varying;
    const bool has_women = design.patients() != nullptr && design.analysis().patients.has_value();
    if (has_women) {
        const PatientModel& model = *design.patients();
        const LeftOut out = left_out(model, design.analysis().patients->sets.front());
        const double allocated = allocation_variance(model.allocation, design.sizes());
        const bool loses_women = out.treated > 0 || out.control > 0;
        varying.add(allocated + n_treated * out.treated);
        if (loses_women) varying.add(allocated + n_control * out.control);
    }
    const auto add_events = [&](double n, double rate) {
        varying.add(n * (has_women ? largest_variance : rate * (1 - rate)));
    };
    add_events(n_treated, design.rates().treated);
    add_events(n_control, design.rates().control);
    return varying.tables();
}

}  // namespace rsasim::design
