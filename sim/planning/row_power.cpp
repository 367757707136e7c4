#include "row_power.hpp"

#include "count_window.hpp"
#include "rejection_rows.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <rsasim/math/binomial.hpp>

namespace rsasim::planning {
namespace {

/// Probabilities of an arm's counts in their window.
struct Arm {
    CountWindow window;
    std::vector<double> probabilities;

    Arm(std::int64_t n, double rate)
        : window(window_of(n, rate)),
          probabilities(math::binomial_probabilities(n, rate, window.first, window.last)) {}

    [[nodiscard]] double at(std::int64_t count) const {
        return probabilities[static_cast<std::size_t>(count - window.first)];
    }
};

/// P(run) by sums from either end of a window, whichever is the smaller.
class RunProbability {
  public:
    explicit RunProbability(const Arm& arm)
        : first_(arm.window.first),
          below_(arm.probabilities.size() + 1),
          from_(arm.probabilities.size() + 1) {
        const auto& p = arm.probabilities;
        std::partial_sum(p.begin(), p.end(), below_.begin() + 1);
        std::partial_sum(p.rbegin(), p.rend(), from_.rbegin() + 1);
    }
    [[nodiscard]] double of(const CountWindow& run) const {
        const auto begin = static_cast<std::size_t>(run.first - first_);
        const auto end = static_cast<std::size_t>(run.last + 1 - first_);
        return below_[end] <= from_[begin] ? below_[end] - below_[begin]
                                           : from_[begin] - from_[end];
    }
    [[nodiscard]] double all() const { return below_.back(); }

  private:
    std::int64_t first_;
    std::vector<double> below_;  // P(fewer events than first + i)
    std::vector<double> from_;   // P(at least so many)
};

/// Rows from the most probable outwards.
class RowSum {
  public:
    RowSum(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates)
        : treated_(sizes.treated, rates.treated),
          control_(sizes.control, rates.control),
          of_(treated_),
          up_(rule, sizes, treated_.window),
          down_(rule, sizes, treated_.window) {
        const auto mode = std::ranges::max_element(control_.probabilities);
        next_up_ = control_.window.first + (mode - control_.probabilities.begin());
        next_down_ = next_up_ - 1;
    }

    [[nodiscard]] PowerBounds bounds() const {
        return {rejected_, std::max(rejected_, std::min(1.0, 1 - accepted_))};
    }
    /// False where no row is left.
    bool add_row() {
        const double above = next_up_ <= control_.window.last ? control_.at(next_up_) : -1;
        const double under = next_down_ >= control_.window.first ? control_.at(next_down_) : -1;
        if (above < 0 && under < 0) return false;
        above >= under ? add(up_.at(next_up_++), above) : add(down_.at(next_down_--), under);
        return true;
    }

  private:
    void add(const std::vector<CountWindow>& runs, double weight) {
        double row = 0;
        for (const auto& run : runs)
            row += of_.of(run);
        rejected_ += weight * row;
        accepted_ += weight * std::max(0.0, of_.all() - row);
    }

    Arm treated_, control_;
    RunProbability of_;
    RejectionRows up_, down_;
    std::int64_t next_up_ = 0, next_down_ = 0;
    double rejected_ = 0;
    double accepted_ = 0;
};

}  // namespace

double row_power(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates) {
    RowSum sum(sizes, rule, rates);
    while (sum.add_row()) {
    }
    return sum.bounds().lower;
}

PowerBounds row_power_against(const design::ArmSizes& sizes, const TestRule& rule,
                              const design::Rates& rates, double target) {
    RowSum sum(sizes, rule, rates);
    while (sum.add_row()) {
        const PowerBounds bounds = sum.bounds();
        if (bounds.lower >= target || bounds.upper < target) return bounds;
    }
    const double power = sum.bounds().lower;
    return {power, power};
}

}  // namespace rsasim::planning
