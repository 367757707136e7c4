#include "lattice_population.hpp"

#include "lattice_vector.hpp"
#include "score_piece.hpp"
#include "score_table.hpp"
#include "small_matrix.hpp"
#include "tensor_population.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {
namespace {

struct ScoreRange {
    double lower = -infinity;
    double upper = infinity;
};

/// The scores outside of which a clause about this covariate alone excludes every woman.
ScoreRange eligible_range(const design::PatientModel& model, const CovariateUse& use) {
    const auto& distribution = model.covariates[use.covariate].distribution;
    design::DiscreteSteps steps;
    if (design::is_discrete(distribution.family)) steps = design::discrete_steps(distribution);
    const auto pieces = steps.values.empty() ? continuous_pieces(distribution, use)
                                             : discrete_pieces(steps.values, steps.scores, use);
    const auto is_eligible = [&](const ScorePiece& piece) {
        const double middle = (piece.finite_lower() + piece.finite_upper()) / 2;
        const double value = piece.values.empty() ? design::value_at_score(distribution, middle)
                                                  : piece.values.front();
        return std::ranges::all_of(model.eligibility.clauses, [&](const auto& clause) {
            return std::ranges::any_of(clause, [&](const design::Feature& f) {
                return f.covariate != use.covariate || f.of(value) != 0;
            });
        });
    };
    const auto first = std::ranges::find_if(pieces, is_eligible);
    if (first == pieces.end()) return {0, 0};
    const auto last = std::find_if(pieces.rbegin(), pieces.rend(), is_eligible);
    return {first->lower, last->upper};
}

/// A fixed sequence of uniform variates for the shifts (splitmix64: Steele, Lea & Flood 2014,
/// doi:10.1145/2714064.2660195).
class Shifts {
  public:
    double next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t x = state_;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
        return static_cast<double>((x ^ (x >> 31U)) >> 11U) * 0x1p-53;
    }

  private:
    std::uint64_t state_ = 0;
};

/// A normal variate restricted to a range, from a uniform one, and the range's probability.
struct Restricted {
    double score;
    double probability;
};

Restricted restricted_normal(double u, double lower, double upper) {
    if (lower > 0) {
        const double a = math::normal_upper_tail(lower), b = math::normal_upper_tail(upper);
        return {math::normal_upper_quantile(a - u * (a - b)), a - b};
    }
    const double a = math::normal_cdf(lower), b = math::normal_cdf(upper);
    return {math::normal_quantile(a + u * (b - a)), b - a};
}

/// What all shifts share.
struct Lattice {
    std::vector<std::size_t> covariates;
    std::vector<ScoreTable> tables;
    std::vector<ScoreRange> ranges;
    SquareMatrix root;  ///< of the correlations
};

/// One woman: scores in turn, each given those before. Returns her weight.
double draw(const Lattice& lattice, std::span<const double> uniforms, std::span<double> independent,
            Population& population) {
    double weight = 1;
    for (std::size_t j = 0; j < uniforms.size(); ++j) {
        double mean = 0;
        for (std::size_t k = 0; k < j; ++k)
            mean += lattice.root(j, k) * independent[k];
        const double sd = lattice.root(j, j);
        const auto& [lower, upper] = lattice.ranges[j];
        const auto [e, probability] =
            restricted_normal(uniforms[j], (lower - mean) / sd, (upper - mean) / sd);
        // A range of no probability has no variate; its weight of 0 leaves the woman out.
        independent[j] = std::isfinite(e) ? e : 0;
        weight *= probability;
        population.values[j].push_back(lattice.tables[j].at(mean + sd * independent[j]));
    }
    return weight;
}

Population shifted(const Lattice& lattice, Shifts& shifts) {
    const std::size_t d = lattice.tables.size();
    Population population;
    population.covariates = lattice.covariates;
    population.values.resize(d);
    population.cells.resize(d);
    std::vector<double> shift(d), uniforms(d), independent(d);
    for (double& s : shift)
        s = shifts.next();
    for (std::size_t i = 0; i < lattice_points; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
            const std::size_t turned = i * lattice_vector[j] % lattice_points;
            const double x =
                static_cast<double>(turned) / static_cast<double>(lattice_points) + shift[j];
            const double folded = 1 - std::abs(2 * (x - std::floor(x)) - 1);
            uniforms[j] = std::clamp(folded, 0x1p-54, 1 - 0x1p-53);
        }
        population.weights.push_back(draw(lattice, uniforms, independent, population) /
                                     static_cast<double>(lattice_points));
    }
    for (auto& cells : population.cells)
        for (std::size_t i = 0; i < lattice_points; ++i)
            cells.push_back(static_cast<std::uint32_t>(i));
    return population;
}

}  // namespace

std::vector<Population> lattice_populations(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses) {
    if (uses.size() > std::size(lattice_vector))
        throw std::invalid_argument("more than 64 covariates matter");
    const auto root = cholesky(score_correlation(model, uses));
    if (!root) throw std::invalid_argument("correlations are not positive definite");
    Lattice lattice{{}, {}, {}, *root};
    for (const CovariateUse& use : uses) {
        lattice.covariates.push_back(use.covariate);
        lattice.tables.emplace_back(model.covariates[use.covariate].distribution);
        lattice.ranges.push_back(eligible_range(model, use));
    }
    Shifts shifts;
    std::vector<Population> populations;
    for (std::size_t k = 0; k < lattice_shifts; ++k)
        populations.push_back(shifted(lattice, shifts));
    return populations;
}

}  // namespace rsasim::analysis
