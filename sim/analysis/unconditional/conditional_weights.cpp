#include "conditional_weights.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::analysis {

namespace {

/// The treated events given s events in all, at an odds ratio theta.
class Diagonal {
  public:
    Diagonal(const design::ArmSizes& sizes, std::int64_t events, double odds_ratio)
        : n1_(sizes.treated),
          surplus_(sizes.control - events),
          events_(events),
          odds_ratio_(odds_ratio),
          range_(treated_events(sizes, events)) {}

    [[nodiscard]] const CountRange& range() const { return range_; }

    /// Probability of x + 1 over that of x.
    [[nodiscard]] double ratio(std::int64_t x) const {
        return odds_ratio_ * (static_cast<double>(n1_ - x) * static_cast<double>(events_ - x) /
                              (static_cast<double>(x + 1) * static_cast<double>(surplus_ + x + 1)));
    }

    /// The most probable count, by bisection: the ratio falls with x.
    [[nodiscard]] std::int64_t mode() const {
        std::int64_t low = range_.lowest, high = range_.highest;
        while (low < high) {
            const std::int64_t middle = low + (high - low) / 2;
            if (ratio(middle) > 1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Calls visit(x, weight) with weight 1 at the mode; returns the sum of the weights.
    template <class Visit>
    double for_each_weight(Visit&& visit) const {
        const std::int64_t start = mode();
        double sum = 1, weight = 1;
        visit(start, weight);
        for (std::int64_t x = start; x < range_.highest; ++x) {
            weight *= ratio(x);
            sum += weight;
            visit(x + 1, weight);
        }
        weight = 1;
        for (std::int64_t x = start - 1; x >= range_.lowest; --x) {
            weight /= ratio(x);
            sum += weight;
            visit(x, weight);
        }
        return sum;
    }

  private:
    std::int64_t n1_, surplus_, events_;
    double odds_ratio_;
    CountRange range_;
};

/// log(weight(to) / weight(from)).
double log_weight_ratio(const Diagonal& diagonal, std::int64_t from, std::int64_t to) {
    constexpr double largest = 1e150;
    double logarithm = 0, product = 1;
    for (std::int64_t x = std::min(from, to); x < std::max(from, to); ++x) {
        product *= diagonal.ratio(x);
        if (product > largest || product < 1 / largest) {
            logarithm += std::log(product);
            product = 1;
        }
    }
    logarithm += std::log(product);
    return from <= to ? logarithm : -logarithm;
}

/// Fills one diagonal with probabilities; returns the sum of its weights in units of the mode's.
double fill(const TableGrid& grid, std::int64_t events, const Diagonal& diagonal,
            std::vector<double>& weights) {
    const std::size_t length = grid.row_length();
    const auto at = [&](std::int64_t x) -> double& {
        return weights[static_cast<std::size_t>(x) * length + static_cast<std::size_t>(events - x)];
    };
    const double sum =
        diagonal.for_each_weight([&](std::int64_t x, double weight) { at(x) = weight; });
    const double scale = 1 / sum;
    for (std::int64_t x = diagonal.range().lowest; x <= diagonal.range().highest; ++x) {
        at(x) *= scale;
    }
    return sum;
}

}  // namespace

CountRange treated_events(const design::ArmSizes& sizes, std::int64_t events) {
    return {std::max<std::int64_t>(0, events - sizes.control), std::min(sizes.treated, events)};
}

std::vector<double> conditional_weights(const TableGrid& grid, double odds_ratio) {
    const std::int64_t total = grid.sizes().treated + grid.sizes().control;
    std::vector<double> weights(grid.size());
    for (std::int64_t events = 0; events <= total; ++events) {
        fill(grid, events, Diagonal(grid.sizes(), events, odds_ratio), weights);
    }
    return weights;
}

TiltedWeights tilted_weights(const TableGrid& grid, double odds_ratio) {
    const design::ArmSizes& sizes = grid.sizes();
    const std::int64_t total = sizes.treated + sizes.control;
    const double share = static_cast<double>(sizes.treated) / static_cast<double>(total);
    TiltedWeights result{std::vector<double>(grid.size()), {}};
    for (std::int64_t events = 0; events <= total; ++events) {
        const Diagonal central(sizes, events, 1), tilted(sizes, events, odds_ratio);
        const std::int64_t from = central.mode(), to = tilted.mode();
        const double sum = central.for_each_weight([](std::int64_t, double) {});
        const double tilted_sum = fill(grid, events, tilted, result.weights);
        // sum h theta^(x - c) = theta^(from - c) (w_theta(to) / w_theta(from)) sum_theta / sum_1
        const double shift = static_cast<double>(from) - share * static_cast<double>(events);
        const double logarithm = shift * std::log(odds_ratio) + log_weight_ratio(tilted, from, to) +
                                 std::log(tilted_sum / sum);
        result.log_totals.push_back(std::max(0.0, logarithm));
    }
    return result;
}

}  // namespace rsasim::analysis
