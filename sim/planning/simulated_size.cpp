#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/planning/simulated_size.hpp>

namespace rsasim::planning {
namespace {

constexpr std::int64_t sizes_a_round = 41;

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

PowerCrossing crossing_of(const SimulatedSizeQuestion& question, const RootScale& scale,
                          const SimulateSizes& simulate) {
    const CrossingQuestion asked{question.power,
                                 question.level,
                                 std::sqrt(static_cast<double>(question.start)),
                                 scale.point(scale.last_step()),
                                 question.replicates,
                                 question.confidence,
                                 "size"};
    const auto crossing = find_power_crossing(
        asked, [&](double from, double to) { return scale.between(from, to); },
        [&](const std::vector<double>& points, std::int64_t replicates, int round) {
            std::vector<design::ArmSizes> sizes;
            for (const double point : points)
                sizes.push_back(scale.sizes(point));
            const auto seen = simulate(sizes, replicates, round);
            std::vector<PowerLook> looks;
            for (std::size_t i = 0; i < seen.size(); ++i)
                looks.push_back({points[i], seen[i].replicates, seen[i].rejected});
            return looks;
        });
    if (!crossing || scale.step_above(crossing->point.at) > scale.last_step())
        refuse_unreachable(question);
    return *crossing;
}

}  // namespace

SimulatedSize simulated_sample_size(const SimulatedSizeQuestion& question,
                                    const SimulateSizes& simulate) {
    const std::int64_t per_step = question.ratio.women_per_step();
    if (question.cap < per_step) refuse_unreachable(question);
    const RootScale scale(question.ratio, question.cap);
    const auto crossing = crossing_of(question, scale, simulate);
    const std::int64_t step = scale.step_above(crossing.point.at);
    SimulatedSize found;
    found.sizes = question.ratio.sizes(step);
    found.women = crossing.point.at * crossing.point.at;
    found.lower = per_step * scale.step_below(crossing.point.lower);
    found.upper = per_step * scale.step_above(crossing.point.upper);
    found.power = crossing.curve.power(scale.point(step));
    found.power_error = crossing.curve.power_error(scale.point(step));
    found.replicates = crossing.replicates;
    for (const auto& look : crossing.looks)
        found.looks.push_back({scale.sizes(look.at), look.replicates, look.rejected});
    return found;
}

}  // namespace rsasim::planning
