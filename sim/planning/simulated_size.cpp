#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/sample_size.hpp>
#include <rsasim/planning/simulated_size.hpp>

namespace rsasim::planning {
namespace {

constexpr int most_guesses = 12;
constexpr int most_rounds = 4;
/// Shares of all replicates.
constexpr double of_a_guess = 0.02, of_a_round = 0.15;
/// Distances on the log scale of women.
constexpr double guessed_well = 0.1, half_spread = 0.12, well_inside = 0.08, near_enough = 0.25;
constexpr std::int64_t sizes_a_round = 41;
/// A guess moves by at most the first factor, what a round finds by the second.
constexpr double most_leap = 4, most_correction = 1.5;

[[noreturn]] void refuse_unreachable(const SimulatedSizeQuestion& question) {
    throw std::invalid_argument(fmt::format(
        "no size up to {} women in all has a power of {}, as far as simulation shows. Raise "
        "--cap, or ask for less",
        question.cap, question.power));
}

class SizeSearch {
  public:
    SizeSearch(const SimulatedSizeQuestion& question, const SimulatePowers& simulate)
        : question_(question),
          simulate_(simulate),
          last_step_(question.cap / question.ratio.women_per_step()) {}

    SimulatedSize answer() {
        double women = guessed_size();
        for (int round = 0; round < most_rounds; ++round) {
            look_around(women, share_of(of_a_round));
            const double found =
                std::clamp(curve_near(women).women_at(question_.power).value_or(women),
                           women / most_correction, women * most_correction);
            const bool is_inside = std::abs(std::log(found / women)) < well_inside;
            women = std::min(found, largest());
            if (is_inside) break;
        }
        look_around(women, question_.replicates - spent_);
        return found_near(women);
    }

  private:
    [[nodiscard]] std::int64_t share_of(double share) const {
        return static_cast<std::int64_t>(share * static_cast<double>(question_.replicates));
    }
    [[nodiscard]] double women_of(std::int64_t steps) const {
        return static_cast<double>(steps * question_.ratio.women_per_step());
    }
    [[nodiscard]] double largest() const { return women_of(last_step_); }
    [[nodiscard]] std::int64_t steps_near(double women) const {
        const double per_step = women_of(1);
        return std::clamp(static_cast<std::int64_t>(std::llround(women / per_step)),
                          std::int64_t{1}, last_step_);
    }

    void simulate(const std::vector<design::ArmSizes>& sizes, std::int64_t replicates) {
        for (const auto& look : simulate_(sizes, replicates, round_++)) {
            spent_ += look.replicates;
            looks_.push_back(look);
        }
    }

    /// A size whose power is near the target, as if sqrt(N) were all that mattered.
    double guessed_size() {
        const double z_level = math::normal_upper_quantile(question_.level);
        const double wanted = math::normal_quantile(question_.power) + z_level;
        std::int64_t steps = steps_near(static_cast<double>(question_.start));
        for (int guess = 0; guess < most_guesses; ++guess) {
            simulate({question_.ratio.sizes(steps)}, share_of(of_a_guess));
            const auto& look = looks_.back();
            const double share = (static_cast<double>(look.rejected) + 0.5) /
                                 (static_cast<double>(look.replicates) + 1);
            const double has = math::normal_quantile(share) + z_level;
            const double leap = has > 0 && wanted > 0 ? std::clamp(wanted / has * (wanted / has),
                                                                   1 / most_leap, most_leap)
                                                      : (has > 0 ? 1 / most_leap : most_leap);
            const std::int64_t next = steps_near(women_of(steps) * leap);
            if (next == last_step_ && steps == last_step_) refuse_if_far(look);
            const bool is_near =
                std::abs(std::log(women_of(next) / women_of(steps))) < guessed_well;
            steps = next;
            if (is_near) break;
        }
        return women_of(steps);
    }

    /// At the cap: no hope where the power is five standard errors short.
    void refuse_if_far(const PowerLook& look) const {
        const auto replicates = static_cast<double>(look.replicates);
        const double share = static_cast<double>(look.rejected) / replicates;
        const double error = std::sqrt(question_.power * (1 - question_.power) / replicates);
        if (share < question_.power - 5 * error) refuse_unreachable(question_);
    }

    /// Spends the replicates evenly on sizes around one.
    void look_around(double women, std::int64_t replicates) {
        const std::int64_t first = steps_near(women * std::exp(-half_spread));
        const std::int64_t last = std::max(steps_near(women * std::exp(half_spread)), first);
        const std::int64_t count = std::min(last - first + 1, sizes_a_round);
        std::vector<design::ArmSizes> sizes;
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t step = count > 1 ? first + (last - first) * i / (count - 1) : first;
            sizes.push_back(question_.ratio.sizes(step));
        }
        simulate(sizes, std::max<std::int64_t>(1, replicates / count));
    }

    [[nodiscard]] std::vector<PowerLook> looks_near(double women) const {
        std::vector<PowerLook> near;
        for (const auto& look : looks_) {
            if (std::abs(std::log(look.women() / women)) < near_enough) near.push_back(look);
        }
        std::ranges::stable_sort(near, {}, &PowerLook::women);
        return near;
    }

    [[nodiscard]] ProbitCurve curve_near(double women) const {
        const auto curve = ProbitCurve::fit(looks_near(women));
        if (!curve) refuse_flat();
        return *curve;
    }
    [[nodiscard]] EstimatedWomen crossing_near(double women) const {
        const auto crossing = curve_near(women).crossing(question_.power, question_.confidence);
        if (!crossing) refuse_flat();
        return *crossing;
    }
    [[noreturn]] void refuse_flat() const {
        throw std::invalid_argument(fmt::format(
            "{} replicates do not show that the power grows with the size near a power of {}. "
            "Give more --replicates, or ask for more power",
            question_.replicates, question_.power));
    }

    [[nodiscard]] SimulatedSize found_near(double women) const {
        SimulatedSize found;
        found.women = crossing_near(women);
        const std::int64_t per_step = question_.ratio.women_per_step();
        const auto step_of = [&](double at, auto&& rounded) {
            return std::max<std::int64_t>(
                1, static_cast<std::int64_t>(rounded(at / static_cast<double>(per_step))));
        };
        const auto up = [](double x) { return std::ceil(x); };
        const std::int64_t steps = step_of(found.women.women, up);
        if (steps > last_step_) refuse_unreachable(question_);
        found.sizes = question_.ratio.sizes(steps);
        found.lower = per_step * step_of(found.women.lower, [](double x) { return std::floor(x); });
        found.upper = per_step * step_of(found.women.upper, up);
        const auto curve = curve_near(women);
        found.power = curve.power(women_of(steps));
        found.power_error = curve.power_error(women_of(steps));
        found.replicates = spent_;
        found.looks = looks_near(women);
        return found;
    }

    const SimulatedSizeQuestion& question_;
    const SimulatePowers& simulate_;
    std::int64_t last_step_;
    std::vector<PowerLook> looks_;
    std::int64_t spent_ = 0;
    int round_ = 0;
};

}  // namespace

SimulatedSize simulated_sample_size(const SimulatedSizeQuestion& question,
                                    const SimulatePowers& simulate) {
    require_target(question.power);
    if (question.replicates < least_replicates) {
        throw std::invalid_argument(
            fmt::format("{} replicates are too few to search with: it takes {} or more",
                        question.replicates, least_replicates));
    }
    if (question.cap < question.ratio.women_per_step()) refuse_unreachable(question);
    return SizeSearch(question, simulate).answer();
}

}  // namespace rsasim::planning
