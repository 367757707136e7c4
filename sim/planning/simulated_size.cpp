#include "each_size.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include <rsasim/planning/simulated_size.hpp>

namespace rsasim::planning {
namespace {

constexpr std::int64_t sizes_a_round = 41;
/// Share of the replicates for trials of the size found.
constexpr double of_answer = 0.25;

/// Sizes that keep a ratio, as points of a curve in the root of the number of women. A step is the
/// smallest trial that keeps the ratio.
class RootScale {
  public:
    RootScale(const AllocationRatio& ratio, std::int64_t cap)
        : ratio_(ratio), last_step_(cap / ratio.women_per_step()) {}

    [[nodiscard]] std::int64_t last_step() const { return last_step_; }
    [[nodiscard]] double point(std::int64_t step) const {
        return std::sqrt(static_cast<double>(step * ratio_.women_per_step()));
    }
    [[nodiscard]] std::int64_t step_near(double point) const {
        return std::clamp(static_cast<std::int64_t>(std::llround(steps(point))), std::int64_t{1},
                          last_step_);
    }
    [[nodiscard]] std::int64_t step_below(double point) const { return whole(steps(point), false); }
    [[nodiscard]] std::int64_t step_above(double point) const { return whole(steps(point), true); }
    [[nodiscard]] design::ArmSizes sizes(double point) const {
        return ratio_.sizes(step_near(point));
    }

    /// All steps in between, or some forty.
    [[nodiscard]] std::vector<double> between(double from, double to) const {
        const std::int64_t first = step_near(from), last = std::max(step_near(to), first);
        const std::int64_t count = std::min(last - first + 1, sizes_a_round);
        std::vector<double> points;
        for (std::int64_t i = 0; i < count; ++i)
            points.push_back(point(count > 1 ? first + (last - first) * i / (count - 1) : first));
        return points;
    }

  private:
    [[nodiscard]] double steps(double point) const {
        return point * point / static_cast<double>(ratio_.women_per_step());
    }
    /// A point on a step is that step, whatever the last bit of its root.
    static std::int64_t whole(double steps, bool is_up) {
        const double nearest = std::round(steps);
        const bool is_on_step = std::abs(steps - nearest) < 1e-9 * nearest;
        const double rounded =
            is_on_step ? nearest : (is_up ? std::ceil(steps) : std::floor(steps));
        return std::max<std::int64_t>(1, static_cast<std::int64_t>(rounded));
    }

    AllocationRatio ratio_;
    std::int64_t last_step_;
};

[[noreturn]] void refuse_unreachable(const SimulatedSizeQuestion& question) {
    throw std::invalid_argument(fmt::format(
        "no size up to {} women in all has a power of {}, as far as simulation shows. Raise "
        "--cap, or ask for less",
        question.cap, question.power));
}

/// Rounds of trials that are independent of each other, and what they cost.
class SizeSearch {
  public:
    SizeSearch(const SimulatedSizeQuestion& question, const SimulateSizes& simulate)
        : question_(question), simulate_(simulate), scale_(question.ratio, question.cap) {}

    SimulatedSize answer() {
        const auto reserved =
            static_cast<std::int64_t>(of_answer * static_cast<double>(question_.replicates));
        const auto guess = guess_power_crossing(crossing_question(0), points(), looks());
        if (!guess) refuse_unreachable(question_);
        std::optional<SimulatedSize> found;
        if (scale_.step_near(*guess) <= few_steps) {
            found = by_each_size(scale_.step_near(*guess), left_but(reserved));
        }
        if (!found) found = by_curve(*guess, left_but(reserved));
        found->at_sizes = simulate({found->sizes}, left_but(0)).front();
        found->replicates = spent_;
        return *found;
    }

  private:
    [[nodiscard]] std::int64_t left_but(std::int64_t reserved) const {
        return question_.replicates - spent_ - reserved;
    }
    [[nodiscard]] std::int64_t women(std::int64_t step) const {
        return step * question_.ratio.women_per_step();
    }

    std::vector<SizeLook> simulate(const std::vector<design::ArmSizes>& sizes,
                                   std::int64_t replicates) {
        auto seen = simulate_(sizes, replicates, round_++);
        for (const auto& look : seen)
            spent_ += look.replicates;
        return seen;
    }

    [[nodiscard]] CrossingQuestion crossing_question(std::int64_t replicates) const {
        return {question_.power,
                question_.level,
                std::sqrt(static_cast<double>(question_.start)),
                scale_.point(scale_.last_step()),
                replicates > 0 ? replicates : question_.replicates,
                question_.confidence,
                "size"};
    }
    [[nodiscard]] PointsBetween points() const {
        return [this](double from, double to) { return scale_.between(from, to); };
    }
    [[nodiscard]] SimulatePowers looks() {
        return [this](const std::vector<double>& points, std::int64_t replicates, int) {
            std::vector<design::ArmSizes> sizes;
            for (const double point : points)
                sizes.push_back(scale_.sizes(point));
            const auto seen = simulate(sizes, replicates);
            std::vector<PowerLook> looks;
            for (std::size_t i = 0; i < seen.size(); ++i)
                looks.push_back({points[i], seen[i].replicates, seen[i].rejected});
            return looks;
        };
    }

    std::optional<SimulatedSize> by_each_size(std::int64_t guess, std::int64_t replicates) {
        SimulatedSize found;
        const EachSizeQuestion asked{question_.power, std::min(2 * guess + 2, scale_.last_step()),
                                     replicates, question_.confidence};
        const auto simulate_steps = [&](std::int64_t first, std::int64_t last,
                                        std::int64_t of_each) {
            std::vector<design::ArmSizes> sizes;
            for (auto step = first; step <= last; ++step)
                sizes.push_back(question_.ratio.sizes(step));
            found.looks = simulate(sizes, of_each);
            std::vector<PowerLook> looks;
            for (const auto& look : found.looks)
                looks.push_back({1, look.replicates, look.rejected});
            return looks;
        };
        const auto steps = smallest_of_each(asked, simulate_steps);
        if (!steps) return {};
        found.sizes = question_.ratio.sizes(steps->at);
        found.women = static_cast<double>(women(steps->at));
        found.lower = women(steps->lower);
        found.upper = women(steps->upper);
        return found;
    }

    SimulatedSize by_curve(double guess, std::int64_t replicates) {
        auto asked = crossing_question(replicates);
        asked.start = guess;
        const auto crossing = find_power_crossing(asked, points(), looks());
        if (!crossing || scale_.step_above(crossing->point.at) > scale_.last_step())
            refuse_unreachable(question_);
        const std::int64_t step = scale_.step_above(crossing->point.at);
        SimulatedSize found;
        found.sizes = question_.ratio.sizes(step);
        found.women = crossing->point.at * crossing->point.at;
        found.lower = women(scale_.step_below(crossing->point.lower));
        found.upper = women(scale_.step_above(crossing->point.upper));
        const double at = scale_.point(step);
        found.curve = {crossing->curve.power(at), crossing->curve.power_error(at)};
        for (const auto& look : crossing->looks)
            found.looks.push_back({scale_.sizes(look.at), look.replicates, look.rejected});
        return found;
    }

    const SimulatedSizeQuestion& question_;
    const SimulateSizes& simulate_;
    RootScale scale_;
    std::int64_t spent_ = 0;
    int round_ = 0;
};

}  // namespace

SimulatedSize simulated_sample_size(const SimulatedSizeQuestion& question,
                                    const SimulateSizes& simulate) {
    require_search(question.power, question.replicates);
    if (question.cap < question.ratio.women_per_step()) refuse_unreachable(question);
    return SizeSearch(question, simulate).answer();
}

}  // namespace rsasim::planning
