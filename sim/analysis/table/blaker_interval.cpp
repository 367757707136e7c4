#include "conditional_limits.hpp"
#include "conditional_methods.hpp"
#include "conditional_root.hpp"
#include "hull_piece.hpp"
#include "interval_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// The lower limit of the hull of {t : P_t > alpha}, t the log odds ratio, P Blaker's P of the
/// observed count x: P(X >= x) plus the largest lower tail P(X <= l) that does not exceed it.
///
/// The tail of count k < x does not exceed P(X >= x) from the breakpoint b_k on, where both are
/// equal; b_k rises with k. With t0 the central lower limit, P(X >= x) = alpha / 2 there, P is at
/// most twice the upper tail and so at most alpha up to t0; and at every breakpoint above t0 it is
/// exactly twice the upper tail and exceeds alpha. Only the piece that t0 lies on is left: up to
/// its right end b_{l+1}, P = 1 - P(l < X < x), and the probability of a fixed run of counts has
/// one peak in t. So the limit is the root inside that piece where P exceeds alpha at its right
/// end, and the right end otherwise. The interval thus lies within the central one. Source: Blaker
/// 2000, DOI 10.2307/3315916.
class LowerBlakerLimit {
  public:
    LowerBlakerLimit(const ConditionalDistribution& distribution, std::int64_t observed,
                     double alpha)
        : distribution_(distribution), observed_(observed), alpha_(alpha) {}

    /// -infinity where x is the lowest count. `start` is near the central limit.
    [[nodiscard]] math::Root find(double start) const {
        if (observed_ == 0) return {-infinity, true};
        const double tail = alpha_ / 2;
        const math::Root central =
            log_odds_ratio_at_tail(distribution_, observed_, 1, std::log(tail / (1 - tail)), start);
        if (!central.is_converged) return central;
        const std::int64_t heavier = first_heavier_count(std::exp(central.value));
        const math::Root end = breakpoint(heavier, central.value);
        if (!end.is_converged) return end;
        const double p = probability_outside(cut(heavier - 1, end.value), 1);
        if (rejects(p, alpha_) || end.value <= central.value) return end;
        return root_of_piece(distribution_, {heavier - 1, observed_, 1}, alpha_, central.value,
                             end.value);
    }

  private:
    [[nodiscard]] Shares cut(std::int64_t low, double t) const {
        return distribution_.shares(low, observed_, std::exp(t), negligible_share * alpha_);
    }

    /// The first count whose lower tail exceeds the observed count's upper tail; x - 1 at most.
    [[nodiscard]] std::int64_t first_heavier_count(double odds_ratio) const {
        const double upper = 1 + distribution_.above(observed_, odds_ratio).mass;
        std::int64_t count = observed_;
        double weight = 1;  // in units of the observed one
        while (count > 0 && weight > negligible_share) {
            weight /= odds_ratio * distribution_.ratio(--count);
        }
        for (double lower = weight; lower <= upper && count < observed_ - 1; lower += weight) {
            weight *= odds_ratio * distribution_.ratio(count++);
        }
        return std::min(count, observed_ - 1);
    }

    /// b_k, searched upwards from t. Tails that the tie rule calls equal at odds ratio 1 have their
    /// breakpoint there.
    [[nodiscard]] math::Root breakpoint(std::int64_t count, double t) const {
        const auto excess = [&](double at) {
            const Shares s = cut(count, at);
            const double upper = s.at.mass + s.high.mass;
            return math::ValueAndSlope{
                std::log(upper / s.low.mass),
                (s.at.first + s.high.first) / upper - s.low.first / s.low.mass};
        };
        constexpr double nearly_one = 2 * probability_slack;
        math::Root root = log_odds_root(excess, -infinity, infinity, t);
        if (std::abs(root.value) < nearly_one &&
            std::abs(excess(0).value) <= std::log1p(probability_slack)) {
            root.value = 0;
        }
        return root;
    }

    ConditionalDistribution distribution_;
    std::int64_t observed_;
    double alpha_;
};

}  // namespace

Judge prepare_blaker(const Setting& setting) {
    const double quantile = math::two_sided_normal_quantile(setting.confidence);
    return [alpha = 1 - setting.confidence, quantile](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const ConditionalDistribution distribution(table);
        const std::int64_t observed = ConditionalDistribution::count_of(table);
        const std::int64_t mirrored = distribution.highest() - observed;
        const RoughLogOddsRatio rough = rough_log_odds_ratio(table);
        const double reach = quantile * rough.standard_error;
        const math::Root lower =
            LowerBlakerLimit(distribution, observed, alpha).find(rough.value - reach);
        const math::Root upper =
            LowerBlakerLimit(distribution.reflected(), mirrored, alpha).find(-rough.value - reach);
        return hull_finding(lower, upper, blaker_p_values(distribution, observed).two_sided, alpha);
    };
}

}  // namespace rsasim::analysis
