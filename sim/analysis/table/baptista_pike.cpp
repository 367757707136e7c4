#include "conditional_limits.hpp"
#include "conditional_methods.hpp"
#include "hull_piece.hpp"
#include "interval_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::analysis {

namespace {

/// The lower limit of the hull of {t : P_t > alpha}, t the log odds ratio, P the minlike P of the
/// observed count x.
///
/// Count k < x is no more likely than x, and so part of P, from the breakpoint
/// b_k = log(c_k / c_x) / (x - k) on, c the weights at odds ratio 1; b_k rises with k because c is
/// log-concave. On piece l, [b_l, b_{l+1}), P = P(X >= x) + P(X <= l) = 1 - P(l < X < x), and the
/// probability of a fixed run of counts has one peak in t: P is largest at an end of the piece. So
/// the limit is the first breakpoint where P exceeds alpha, or the root inside the first piece at
/// whose right end it does. Mid-P: half of P(X = x) is taken off. At a breakpoint itself half of
/// the tied P(X = l) goes too, but the hull is closed and the values right of it decide.
///
/// Blocks of pieces l, ..., r are skipped where even P_t(X >= x) at the right end of the block plus
/// P_t(X <= r) at its left end do not exceed alpha, so that the cost grows with the logarithm of
/// the arms. Source: Baptista & Pike 1977, DOI 10.2307/2347041.
class LowerHullLimit {
  public:
    LowerHullLimit(const ConditionalDistribution& distribution, std::int64_t observed,
                   TailRule rule, double alpha)
        : distribution_(distribution),
          observed_(observed),
          share_(share_of_observed(rule)),
          alpha_(alpha),
          log_odds_(std::log(alpha / (1 - alpha))) {}

    /// -infinity where x is the lowest count. Never above b_{x-1}, where x becomes a mode.
    [[nodiscard]] math::Root find() const {
        if (observed_ == 0) return {-infinity, true};
        const double first = breakpoint(0);
        if (exceeds(p_value(cut(-1, first)))) {
            return log_odds_ratio_at_tail(distribution_, observed_, share_, log_odds_, first);
        }
        const std::int64_t last = observed_ - 1;
        std::int64_t stride = std::max<std::int64_t>(1, observed_ / 2);
        for (std::int64_t piece = 0; piece < last;) {
            stride = std::min(stride, last - piece);
            if (stride == 1) {
                const double left = breakpoint(piece);
                if (exceeds(p_value(cut(piece, left)))) return {left, true};
                const double right = breakpoint(piece + 1);
                if (exceeds(p_value(cut(piece, right)))) return root_inside(piece, left, right);
            } else if (may_exceed(piece, piece + stride - 1)) {
                stride /= 2;
                continue;
            }
            piece += stride;
            stride *= 2;
        }
        return {breakpoint(last), true};
    }

  private:
    /// b_k. A count that the tie rule calls tied with x at odds ratio 1 has its breakpoint there.
    [[nodiscard]] double breakpoint(std::int64_t count) const {
        const double logarithm = distribution_.log_weight_ratio(observed_, count);
        if (std::abs(logarithm) <= std::log1p(probability_slack)) return 0;
        return logarithm / static_cast<double>(observed_ - count);
    }

    [[nodiscard]] Shares cut(std::int64_t low, double t) const {
        return distribution_.shares(low, observed_, std::exp(t), negligible_share * alpha_);
    }

    [[nodiscard]] double p_value(const Shares& shares) const {
        return probability_outside(shares, share_);
    }

    [[nodiscard]] bool exceeds(double p) const { return !rejects(p, alpha_); }

    [[nodiscard]] bool may_exceed(std::int64_t left, std::int64_t right) const {
        const Shares at_right = cut(right, breakpoint(right + 1));
        const Shares at_left = cut(right, breakpoint(left));
        const double upper = share_ * at_right.at.mass + at_right.high.mass;
        return exceeds(upper / at_right.total() + at_left.low.mass / at_left.total());
    }

    [[nodiscard]] math::Root root_inside(std::int64_t piece, double left, double right) const {
        return root_of_piece(distribution_, {piece, observed_, share_}, alpha_, left, right);
    }

    ConditionalDistribution distribution_;
    std::int64_t observed_;
    double share_;
    double alpha_;
    double log_odds_;
};

Finding judge_hull(const design::Table2x2& table, TailRule rule, double alpha) {
    if (table.has_empty_margin()) return uninformative_ratio();
    const ConditionalDistribution distribution(table);
    const std::int64_t observed = ConditionalDistribution::count_of(table);
    const std::int64_t mirrored = distribution.highest() - observed;
    const math::Root lower = LowerHullLimit(distribution, observed, rule, alpha).find();
    const math::Root upper = LowerHullLimit(distribution.reflected(), mirrored, rule, alpha).find();
    return hull_finding(lower, upper, minlike_p_values(distribution, observed, rule).two_sided,
                        alpha);
}

Judge prepare_hull(TailRule rule, double confidence) {
    return [rule, alpha = 1 - confidence](const design::Table2x2& table) {
        return judge_hull(table, rule, alpha);
    };
}

}  // namespace

Judge prepare_baptista_pike(const Setting& setting) {
    return prepare_hull(TailRule::whole, setting.confidence);
}

Judge prepare_baptista_pike_midp(const Setting& setting) {
    return prepare_hull(TailRule::half, setting.confidence);
}

}  // namespace rsasim::analysis
