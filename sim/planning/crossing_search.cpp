#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/crossing_search.hpp>
#include <rsasim/planning/sample_size.hpp>

namespace rsasim::planning {
namespace {

constexpr int most_guesses = 12;
constexpr int most_rounds = 4;
/// Shares of all replicates.
constexpr double of_a_guess = 0.02, of_a_round = 0.15;
/// Distances on the log scale of points.
constexpr double guessed_well = 0.05, half_spread = 0.06, well_inside = 0.04, near_enough = 0.125;
/// A guess moves by at most the first factor, what a round finds by the second.
constexpr double most_leap = 2, most_correction = 1.2247448713915890;

class CrossingSearch {
  public:
    CrossingSearch(const CrossingQuestion& question, const PointsBetween& points,
                   const SimulatePowers& simulate)
        : question_(question), points_(points), simulate_(simulate) {}

    std::optional<PowerCrossing> answer() {
        const auto guessed = guessed_point();
        if (!guessed) return {};
        double point = *guessed;
        for (int round = 0; round < most_rounds; ++round) {
            look_around(point, share_of(of_a_round));
            const double found =
                std::clamp(curve_near(point).point_of(question_.power).value_or(point),
                           point / most_correction, point * most_correction);
            const bool is_inside = std::abs(std::log(found / point)) < well_inside;
            point = std::min(found, question_.largest);
            if (is_inside) break;
        }
        look_around(point, question_.replicates - spent_);
        return crossing_near(point);
    }

    /// A point whose power is near the target, as if it were proportional to the mean of the test's
    /// statistic; nothing where not even the largest has the power.
    std::optional<double> guessed_point() {
        const double z_level = math::normal_upper_quantile(question_.level);
        const double wanted = math::normal_quantile(question_.power) + z_level;
        double point = question_.start;
        for (int guess = 0; guess < most_guesses; ++guess) {
            point = points_between(point, point).front();
            simulate({point}, share_of(of_a_guess));
            const auto& look = looks_.back();
            const double share = (static_cast<double>(look.rejected) + 0.5) /
                                 (static_cast<double>(look.replicates) + 1);
            const double has = math::normal_quantile(share) + z_level;
            const double leap = has > 0 && wanted > 0
                                    ? std::clamp(wanted / has, 1 / most_leap, most_leap)
                                    : (has > 0 ? 1 / most_leap : most_leap);
            const double next = points_between(point * leap, point * leap).front();
            const bool is_at_end = next >= question_.largest;
            const bool was_at_end = is_at_end && point >= question_.largest;
            if (was_at_end && is_far(look)) return {};
            const bool is_near = std::abs(std::log(next / point)) < guessed_well;
            const bool is_good = is_at_end ? was_at_end : is_near;
            point = next;
            if (is_good) break;
        }
        return point;
    }

  private:
    [[nodiscard]] std::int64_t share_of(double share) const {
        return static_cast<std::int64_t>(share * static_cast<double>(question_.replicates));
    }
    [[nodiscard]] std::vector<double> points_between(double from, double to) const {
        return points_(std::min(from, question_.largest), std::min(to, question_.largest));
    }

    void simulate(const std::vector<double>& points, std::int64_t replicates) {
        for (const auto& look : simulate_(points, replicates, round_++)) {
            spent_ += look.replicates;
            looks_.push_back(look);
        }
    }

    /// Five standard errors short of the target.
    [[nodiscard]] bool is_far(const PowerLook& look) const {
        const auto replicates = static_cast<double>(look.replicates);
        const double share = static_cast<double>(look.rejected) / replicates;
        const double error = std::sqrt(question_.power * (1 - question_.power) / replicates);
        return share < question_.power - 5 * error;
    }

    /// Spends the replicates evenly on points around one.
    void look_around(double point, std::int64_t replicates) {
        const auto points =
            points_between(point * std::exp(-half_spread), point * std::exp(half_spread));
        const auto count = static_cast<std::int64_t>(points.size());
        simulate(points, std::max<std::int64_t>(1, replicates / count));
    }

    [[nodiscard]] std::vector<PowerLook> looks_near(double point) const {
        std::vector<PowerLook> near;
        for (const auto& look : looks_) {
            if (std::abs(std::log(look.at / point)) < near_enough) near.push_back(look);
        }
        std::ranges::stable_sort(near, {}, &PowerLook::at);
        return near;
    }

    [[nodiscard]] ProbitCurve curve_near(double point) const {
        const auto curve = ProbitCurve::fit(looks_near(point));
        if (!curve) refuse_flat();
        return *curve;
    }
    [[nodiscard]] PowerCrossing crossing_near(double point) const {
        const auto curve = curve_near(point);
        const auto crossing = curve.crossing(question_.power, question_.confidence);
        if (!crossing) refuse_flat();
        return {*crossing, curve, spent_, looks_near(point)};
    }
    [[noreturn]] void refuse_flat() const {
        throw std::invalid_argument(fmt::format(
            "{} replicates do not show that the power grows with the {} near a power of {}. "
            "Give more --replicates, or ask for more power",
            question_.replicates, question_.grows_with, question_.power));
    }

    const CrossingQuestion& question_;
    const PointsBetween& points_;
    const SimulatePowers& simulate_;
    std::vector<PowerLook> looks_;
    std::int64_t spent_ = 0;
    int round_ = 0;
};

}  // namespace

void require_search(double power, std::int64_t replicates) {
    require_target(power);
    if (replicates >= least_replicates) return;
    throw std::invalid_argument(
        fmt::format("{} replicates are too few to search with: it takes {} or more", replicates,
                    least_replicates));
}

std::optional<double> guess_power_crossing(const CrossingQuestion& question,
                                           const PointsBetween& points,
                                           const SimulatePowers& simulate) {
    return CrossingSearch(question, points, simulate).guessed_point();
}

std::optional<PowerCrossing> find_power_crossing(const CrossingQuestion& question,
                                                 const PointsBetween& points,
                                                 const SimulatePowers& simulate) {
    return CrossingSearch(question, points, simulate).answer();
}

}  // namespace rsasim::planning
