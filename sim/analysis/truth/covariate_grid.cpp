#include "covariate_grid.hpp"

#include "score_piece.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include <rsasim/design/covariate_distribution.hpp>

namespace rsasim::analysis {
namespace {

/// Numbers of points that are tried, fewest first.
constexpr std::size_t sizes[] = {2,  3,  4,  5,  6,  7,  8,  10, 12, 14, 16, 18,
                                 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128};
/// Stieltjes' procedure is used well below the number of its atoms only.
constexpr std::size_t most_gauss_points = 40;
/// Discrete values in a piece up to which all are taken.
constexpr std::size_t most_plain_values = 16;

/// Which points of a covariate a rule may have.
struct AskedGrid {
    const design::Distribution& distribution;
    const CovariateUse& use;
    Coupling coupling;

    /// Finite also where the distribution's tail has run out of doubles; 0 where nothing reads it.
    [[nodiscard]] double value(double score) const {
        if (use.features.empty()) return 0;
        double z = score;
        double x = design::value_at_score(distribution, z);
        while (!std::isfinite(x) && std::abs(z) > 6)
            x = design::value_at_score(distribution, z *= 0.99);
        return x;
    }
};

double normal_density(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

/// The piece by many points: 16 of Gauss and Legendre on each unit of the score.
ValuedRule fine_rule(const AskedGrid& asked, const ScorePiece& piece) {
    const double lower = piece.finite_lower(), upper = piece.finite_upper();
    const auto units = static_cast<std::size_t>(std::ceil(upper - lower));
    const double width = (upper - lower) / static_cast<double>(units);
    ValuedRule rule;
    for (std::size_t k = 0; k < units; ++k) {
        const double start = lower + static_cast<double>(k) * width;
        const Rule part = legendre_rule(16, start, start + width);
        for (std::size_t i = 0; i < part.points.size(); ++i) {
            rule.scores.push_back(part.points[i]);
            rule.values.push_back(asked.value(part.points[i]));
            rule.weights.push_back(part.weights[i] * normal_density(part.points[i]));
        }
    }
    const double sum = std::accumulate(rule.weights.begin(), rule.weights.end(), 0.0);
    for (double& weight : rule.weights)
        weight *= piece.probability() / sum;
    return rule;
}

ValuedRule gauss_in_scores(const AskedGrid& asked, const ValuedRule& fine, std::size_t n) {
    Rule rule = gauss_rule({fine.scores, fine.weights}, n);
    ValuedRule valued{rule.points, {}, std::move(rule.weights)};
    for (const double score : valued.scores)
        valued.values.push_back(asked.value(score));
    return valued;
}

ValuedRule gauss_in_values(const ValuedRule& fine, std::size_t n) {
    Rule rule = gauss_rule({fine.values, fine.weights}, n);
    return {std::vector<double>(n, 0), std::move(rule.points), std::move(rule.weights)};
}

ValuedRule legendre_in_scores(const AskedGrid& asked, const ScorePiece& piece, std::size_t n) {
    Rule rule = legendre_rule(n, piece.finite_lower(), piece.finite_upper());
    ValuedRule valued{rule.points, {}, std::move(rule.weights)};
    for (std::size_t i = 0; i < n; ++i) {
        valued.values.push_back(asked.value(valued.scores[i]));
        valued.weights[i] *= normal_density(valued.scores[i]);
    }
    return valued;
}

/// The smallest rule for a piece of a continuous covariate that the probe accepts.
ValuedRule continuous_rule(const AskedGrid& asked, const ScorePiece& piece) {
    ValuedRule fine = fine_rule(asked, piece);
    const Probe probe(asked.use, asked.coupling, fine);
    for (const std::size_t n : sizes) {
        if (n >= fine.scores.size()) break;
        if (n <= most_gauss_points && 2 * n < fine.scores.size()) {
            if (ValuedRule rule = gauss_in_scores(asked, fine, n); probe.accepts(rule)) return rule;
            if (!asked.coupling.is_coupled)
                if (ValuedRule rule = gauss_in_values(fine, n); probe.accepts(rule)) return rule;
        }
        if (ValuedRule rule = legendre_in_scores(asked, piece, n); probe.accepts(rule)) return rule;
    }
    return fine;
}

/// The values of a discrete covariate with their probabilities, or fewer that serve as well.
ValuedRule discrete_rule(const AskedGrid& asked, const ScorePiece& piece) {
    ValuedRule all;
    double lower = piece.lower;
    for (std::size_t k = 0; k < piece.values.size(); ++k) {
        all.scores.push_back(0);
        all.values.push_back(piece.values[k]);
        all.weights.push_back(score_probability(lower, piece.scores[k]));
        lower = piece.scores[k];
    }
    const Probe probe(asked.use, {}, all);
    for (const std::size_t n : sizes) {
        if (all.values.size() <= most_plain_values || 2 * n > all.values.size()) break;
        if (ValuedRule rule = gauss_in_values(all, n); probe.accepts(rule)) return rule;
    }
    return all;
}

/// One cell whose value lies within the piece.
double value_within(const AskedGrid& asked, const ScorePiece& piece) {
    if (!piece.values.empty()) return piece.values.front();
    return asked.value(piece.finite_lower() + (piece.finite_upper() - piece.finite_lower()) / 2);
}

void add_cells(const ValuedRule& rule, bool is_coupled, CovariateGrid& grid) {
    for (std::size_t i = 0; i < rule.values.size(); ++i) {
        if (is_coupled)
            grid.points.push_back({rule.scores[i], rule.weights[i], grid.values.size()});
        grid.values.push_back(rule.values[i]);
        grid.weights.push_back(rule.weights[i]);
    }
}

/// A cell of one value; coupled, with the points of its scores.
void add_cell(const AskedGrid& asked, const ScorePiece& piece, double value, CovariateGrid& grid) {
    if (asked.coupling.is_coupled) {
        const CovariateUse nothing{};
        const ValuedRule rule = continuous_rule({asked.distribution, nothing, asked.coupling},
                                                {piece.lower, piece.upper, {}, {}});
        for (std::size_t i = 0; i < rule.scores.size(); ++i)
            grid.points.push_back({rule.scores[i], rule.weights[i], grid.values.size()});
    }
    grid.values.push_back(value);
    grid.weights.push_back(piece.probability());
}

void add_piece(const AskedGrid& asked, const ScorePiece& piece, CovariateGrid& grid) {
    const bool is_coupled = asked.coupling.is_coupled;
    if (!asked.use.is_smooth()) {
        add_cell(asked, piece, value_within(asked, piece), grid);
    } else if (piece.values.empty()) {
        add_cells(continuous_rule(asked, piece), is_coupled, grid);
    } else if (!is_coupled) {
        add_cells(discrete_rule(asked, piece), false, grid);
    } else {
        double lower = piece.lower;
        for (std::size_t k = 0; k < piece.values.size(); ++k) {
            add_cell(asked, {lower, piece.scores[k], {}, {}}, piece.values[k], grid);
            lower = piece.scores[k];
        }
    }
}

}  // namespace

CovariateGrid covariate_grid(const design::Distribution& distribution, const CovariateUse& use,
                             const Coupling& coupling) {
    const AskedGrid asked{distribution, use, coupling};
    CovariateGrid grid;
    if (design::is_discrete(distribution.family)) {
        const design::DiscreteSteps steps = design::discrete_steps(distribution);
        for (const ScorePiece& piece : discrete_pieces(steps.values, steps.scores, use))
            add_piece(asked, piece, grid);
    } else {
        for (const ScorePiece& piece : continuous_pieces(distribution, use))
            add_piece(asked, piece, grid);
    }
    return grid;
}

}  // namespace rsasim::analysis
