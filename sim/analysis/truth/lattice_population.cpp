#include "lattice_population.hpp"

#include "lattice_strata.hpp"
#include "lattice_vector.hpp"
#include "score_table.hpp"
#include "small_matrix.hpp"
#include "tensor_population.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>
#include <stdexcept>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {
namespace {

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

/// Up to so many coordinates Sidi's weights, at most 2 each, are worth their spread: with 5 the
/// rates' error was 2.5e-8 instead of 2e-6, with 7 alike, with 10 a hundred times larger.
constexpr std::size_t most_periodised = 6;

/// What all shifts share.
struct Lattice {
    std::vector<std::size_t> covariates;
    std::vector<ScoreTable> tables;
    LatticeStrata strata;
    SquareMatrix root;  ///< of the correlations

    /// Where integrands jump, smoothness gains nothing for the weights' spread.
    [[nodiscard]] bool is_periodised() const {
        return tables.size() <= most_periodised && !strata.have_jumps;
    }
    /// A power of two, so that the boxes together have about `lattice_points` to twice as many.
    [[nodiscard]] std::size_t points_in_box() const {
        return 2 * lattice_points / std::bit_ceil(std::max<std::size_t>(strata.boxes.size(), 2));
    }
};

/// One woman of a box: scores in turn, each given those before. Returns her weight.
double draw(const Lattice& lattice, const ScoreBox& box, std::span<const double> uniforms,
            std::span<double> independent, Population& population) {
    double weight = 1;
    for (std::size_t j = 0; j < uniforms.size(); ++j) {
        double mean = 0;
        for (std::size_t k = 0; k < j; ++k)
            mean += lattice.root(j, k) * independent[k];
        const double sd = lattice.root(j, j);
        const auto& [lower, upper] = box[j];
        const auto [e, probability] =
            restricted_normal(uniforms[j], (lower - mean) / sd, (upper - mean) / sd);
        // A range of no probability has no variate; its weight of 0 leaves the woman out.
        independent[j] = std::isfinite(e) ? e : 0;
        weight *= probability;
        // Rounding must not put her beyond a threshold.
        const double score = std::clamp(mean + sd * independent[j], lower, upper);
        population.values[j].push_back(lattice.tables[j].at(score));
    }
    return weight;
}

/// A uniform variate made periodic, and its weight.
struct Periodic {
    double uniform;
    double weight;
};

Periodic sidi(double x) {
    const double angle = 2 * std::numbers::pi * x;
    return {(angle - std::sin(angle)) / (2 * std::numbers::pi), 1 - std::cos(angle)};
}

Periodic baker(double x) {
    return {1 - std::abs(2 * x - 1), 1};
}

/// Point i of n, shifted and made periodic; returns its weight.
double place(std::size_t i, const Lattice& lattice, std::span<const double> shift,
             std::span<double> uniforms) {
    const std::size_t n = lattice.points_in_box();
    double weight = 1 / static_cast<double>(n);
    for (std::size_t j = 0; j < shift.size(); ++j) {
        const std::size_t turned = i * lattice_vector[j] % n;
        const double x = static_cast<double>(turned) / static_cast<double>(n) + shift[j];
        const double inside = x - std::floor(x);
        const Periodic at = lattice.is_periodised() ? sidi(inside) : baker(inside);
        uniforms[j] = std::clamp(at.uniform, 0x1p-54, 1 - 0x1p-53);
        weight *= at.weight;
    }
    return weight;
}

Population shifted(const Lattice& lattice, Shifts& shifts) {
    const std::size_t d = lattice.tables.size(), n = lattice.points_in_box();
    Population population;
    population.covariates = lattice.covariates;
    population.values.resize(d);
    population.cells.resize(d);
    std::vector<double> shift(d), uniforms(d), independent(d);
    for (const ScoreBox& box : lattice.strata.boxes) {
        for (double& s : shift)
            s = shifts.next();
        for (std::size_t i = 0; i < n; ++i) {
            const double weight = place(i, lattice, shift, uniforms);
            population.weights.push_back(weight *
                                         draw(lattice, box, uniforms, independent, population));
        }
    }
    for (auto& cells : population.cells) {
        cells.resize(population.nodes());
        std::iota(cells.begin(), cells.end(), std::uint32_t{0});
    }
    return population;
}

}  // namespace

std::vector<Population> lattice_populations(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses) {
    if (uses.size() > std::size(lattice_vector))
        throw std::invalid_argument("more than 64 covariates matter");
    const auto root = cholesky(score_correlation(model, uses));
    if (!root) throw std::invalid_argument("correlations are not positive definite");
    Lattice lattice{{}, {}, lattice_strata(model, uses), *root};
    for (const CovariateUse& use : uses) {
        lattice.covariates.push_back(use.covariate);
        lattice.tables.emplace_back(model.covariates[use.covariate].distribution);
    }
    Shifts shifts;
    std::vector<Population> populations;
    for (std::size_t k = 0; k < lattice_shifts; ++k)
        populations.push_back(shifted(lattice, shifts));
    return populations;
}

}  // namespace rsasim::analysis
