#include "statistics.hpp"

#include "../table/cells.hpp"
#include "../table/conditional_distribution.hpp"
#include "../table/likelihood_root.hpp"
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

/// Replaces probabilities by the sum of all that are no larger (or tied).
void sum_no_more_likely(std::span<double> probabilities, std::vector<std::size_t>& order) {
    order.resize(probabilities.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return probabilities[i]; });
    std::vector<double> p_values(probabilities.size());
    double sum = 0;
    std::size_t end = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double largest = probabilities[order[rank]] * (1 + probability_slack);
        while (end < order.size() && probabilities[order[end]] <= largest) {
            sum += probabilities[order[end++]];
        }
        p_values[order[rank]] = sum;
    }
    std::ranges::copy(p_values, probabilities.begin());
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
    std::vector<std::size_t> order;
    for (std::int64_t events = 0; events <= n1 + n0; ++events) {
        const auto [lowest, highest] = treated_events(grid.sizes(), events);
        const std::size_t first = grid.index_of({{lowest, n1}, {events - lowest, n0}});
        diagonal.clear();
        for (std::int64_t x = lowest; x <= highest; ++x) {
            diagonal.push_back(values[first + static_cast<std::size_t>(x - lowest) * step]);
        }
        if (tail == Tail::two_sided) sum_no_more_likely(diagonal, order);
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

std::vector<double> likelihood_ratio_statistics(const TableGrid& grid, Tail tail) {
    return statistics_of(grid, tail, [](const Cells& cells) {
        return cells.determinant() == 0 ? 0 : signed_likelihood_root(cells);
    });
}

}  // namespace rsasim::analysis
