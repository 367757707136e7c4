#include "statistics.hpp"

#include "../table/cells.hpp"
#include "../table/conditional_distribution.hpp"
#include "../table/likelihood_root.hpp"
#include "../table/score_statistic.hpp"
#include "conditional_weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace rsasim::analysis {

namespace {

/// A signed statistic as seen from a tail.
double towards(Tail tail, double signed_statistic) {
    if (tail == Tail::two_sided) return std::abs(signed_statistic);
    return tail == Tail::greater ? signed_statistic : -signed_statistic;
}

template <class SignedStatistic>
std::vector<double> statistics_of(const TableGrid& grid, Tail tail, SignedStatistic&& signed_of) {
    std::vector<double> statistics(grid.size());
    for (std::size_t i = 0; i < statistics.size(); ++i) {
        statistics[i] = towards(tail, signed_of(cells_of(grid.table(i))));
    }
    return statistics;
}

/// Replaces probabilities, which rise to one peak and fall, by the sum of all that are no larger
/// (or tied): takes them in ascending order from both ends, and adds ties from a second such walk.
void sum_no_more_likely(std::span<double> probabilities) {
    const std::vector<double> values(probabilities.begin(), probabilities.end());
    std::size_t low = 0, high = values.size();              // taken: below low, from high on
    std::size_t low_ahead = 0, high_ahead = values.size();  // summed
    double sum = 0;
    const auto smallest = [&](std::size_t l, std::size_t h) {
        return values[l] < values[h - 1] ? values[l] : values[h - 1];
    };
    while (low < high) {
        const bool is_low = values[low] < values[high - 1];
        const std::size_t taken = is_low ? low++ : --high;
        const double largest = values[taken] * (1 + probability_slack);
        while (low_ahead < high_ahead && smallest(low_ahead, high_ahead) <= largest) {
            sum += smallest(low_ahead, high_ahead);
            values[low_ahead] < values[high_ahead - 1] ? ++low_ahead : --high_ahead;
        }
        probabilities[taken] = sum;
    }
}

/// Replaces probabilities of ascending counts by the sum over all counts at least as large.
void sum_upwards(std::span<double> probabilities) {
    for (std::size_t i = probabilities.size(); i-- > 1;) {
        probabilities[i - 1] += probabilities[i];
    }
}

void sum_downwards(std::span<double> probabilities) {
    for (std::size_t i = 1; i < probabilities.size(); ++i) {
        probabilities[i] += probabilities[i - 1];
    }
}

}  // namespace

std::vector<double> fisher_statistics(const TableGrid& grid, Tail tail) {
    std::vector<double> values = conditional_weights(grid);
    const auto [n1, n0] = grid.sizes();
    const std::size_t step = grid.row_length() - 1;  // from a table to the next of its diagonal
    std::vector<double> diagonal;
    for (std::int64_t events = 0; events <= n1 + n0; ++events) {
        const auto [lowest, highest] = treated_events(grid.sizes(), events);
        const std::size_t first = grid.index_of({{lowest, n1}, {events - lowest, n0}});
        diagonal.clear();
        for (std::int64_t x = lowest; x <= highest; ++x) {
            diagonal.push_back(values[first + static_cast<std::size_t>(x - lowest) * step]);
        }
        if (tail == Tail::two_sided) sum_no_more_likely(diagonal);
        if (tail == Tail::greater) sum_upwards(diagonal);
        if (tail == Tail::less) sum_downwards(diagonal);
        for (std::size_t i = 0; i < diagonal.size(); ++i) {
            values[first + i * step] = 1 / diagonal[i];
        }
    }
    return values;
}

std::vector<double> pooled_z_statistics(const TableGrid& grid, Tail tail) {
    return statistics_of(grid, tail, [](const Cells& cells) {
        const double determinant = cells.determinant();
        const double variance =
            cells.n_treated() * cells.n_control() * cells.events() * cells.non_events();
        return determinant == 0 ? 0 : determinant * std::sqrt(cells.total() / variance);
    });
}

std::vector<double> unpooled_z_statistics(const TableGrid& grid, Tail tail) {
    return statistics_of(grid, tail, [](const Cells& cells) {
        const double difference = cells.risk_difference();
        return difference == 0 ? 0 : difference / std::sqrt(cells.unpooled_variance());
    });
}

std::vector<double> score_statistics(const TableGrid& grid, Tail tail, const design::Effect& null) {
    return statistics_of(grid, tail, [&null](const Cells& cells) { return score_z(cells, null); });
}

std::vector<double> likelihood_ratio_statistics(const TableGrid& grid, Tail tail) {
    return statistics_of(grid, tail, [](const Cells& cells) {
        return cells.determinant() == 0 ? 0 : signed_likelihood_root(cells);
    });
}

}  // namespace rsasim::analysis
