#include "score_piece.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {
namespace {

/// Beyond sqrt(a^2 + reach) lies less than exp(-reach / 2) = 3e-13 of what lies beyond a >= 0.
constexpr double reach = 58;

/// Scores beyond these are no thresholds: their tails weigh less than any share that is allowed.
constexpr double greatest_score = 8.2;

bool is_same_piece(double left, double right, const CovariateUse& use) {
    for (const design::Feature& feature : use.features) {
        if (feature.comparison != design::Comparison::none && feature.of(left) != feature.of(right))
            return false;
    }
    return std::ranges::none_of(use.cuts, [&](double cut) { return left < cut && right >= cut; });
}

}  // namespace

double score_probability(double lower, double upper) {
    if (lower > 0) return math::normal_upper_tail(lower) - math::normal_upper_tail(upper);
    return math::normal_cdf(upper) - math::normal_cdf(lower);
}

double ScorePiece::probability() const {
    return score_probability(lower, upper);
}

double ScorePiece::finite_lower() const {
    const double inner = std::max(-upper, 0.0);
    return std::max(lower, -std::sqrt(inner * inner + reach));
}

double ScorePiece::finite_upper() const {
    const double inner = std::max(lower, 0.0);
    return std::min(upper, std::sqrt(inner * inner + reach));
}

std::vector<ScorePiece> continuous_pieces(const design::Distribution& distribution,
                                          const CovariateUse& use) {
    std::vector<double> ends{-infinity, infinity};
    const auto add = [&](double threshold) {
        const double score = design::score_of(distribution, threshold);
        if (std::abs(score) < greatest_score) ends.push_back(score);
    };
    for (const design::Feature& feature : use.features) {
        if (feature.comparison != design::Comparison::none &&
            feature.comparison != design::Comparison::equal)
            add(feature.threshold);
    }
    std::ranges::for_each(use.cuts, add);
    std::ranges::sort(ends);
    std::vector<ScorePiece> pieces;
    for (std::size_t k = 1; k < ends.size(); ++k)
        if (ends[k] > ends[k - 1]) pieces.push_back({ends[k - 1], ends[k], {}, {}});
    return pieces;
}

std::vector<ScorePiece> discrete_pieces(std::span<const double> values,
                                        std::span<const double> scores, const CovariateUse& use) {
    std::vector<ScorePiece> pieces;
    std::size_t first = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
        const bool ends_here =
            k + 1 == values.size() || !is_same_piece(values[k], values[k + 1], use);
        if (!ends_here) continue;
        pieces.push_back({first == 0 ? -infinity : scores[first - 1], scores[k],
                          values.subspan(first, k + 1 - first),
                          scores.subspan(first, k + 1 - first)});
        first = k + 1;
    }
    return pieces;
}

}  // namespace rsasim::analysis
