#include "hull_piece.hpp"

#include "conditional_root.hpp"

namespace rsasim::analysis {

math::Root root_of_piece(const ConditionalDistribution& distribution, const HullPiece& piece,
                         double alpha, double left, double right) {
    const double log_odds = std::log(alpha / (1 - alpha));
    const double share = piece.share;
    const auto excess = [&](double t) {
        const Shares s =
            distribution.shares(piece.low, piece.observed, std::exp(t), negligible_share * alpha);
        const double outer = s.low.mass + share * s.at.mass + s.high.mass;
        const double inner = s.between.mass + (1 - share) * s.at.mass;
        const double outer_first = s.low.first + share * s.at.first + s.high.first;
        const double inner_first = s.between.first + (1 - share) * s.at.first;
        return math::ValueAndSlope{std::log(outer / inner) - log_odds,
                                   outer_first / outer - inner_first / inner};
    };
    return log_odds_root(excess, left, right, left + (right - left) / 2);
}

Finding hull_finding(const math::Root& lower, const math::Root& mirrored, double p_at_null,
                     double alpha) {
    if (!lower.is_converged || !mirrored.is_converged) return unconverged_finding();
    Interval limits{std::exp(lower.value), std::exp(-mirrored.value)};
    if (!rejects(p_at_null, alpha)) {
        limits = {std::min(limits.lower, 1.0), std::max(limits.upper, 1.0)};
    }
    return interval_finding(design::Measure::odds_ratio, limits.lower, limits.upper);
}

}  // namespace rsasim::analysis
