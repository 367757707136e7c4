#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/design/table.hpp>

/// The conditional distribution of small tables in exact integers, written from its definition.
namespace conditional {

using rsasim::analysis::Finding;
using rsasim::analysis::Judge;
using rsasim::analysis::Role;
using rsasim::design::Table2x2;

/// "n choose k", exact while it fits.
inline std::int64_t choose(std::int64_t n, std::int64_t k) {
    std::int64_t result = 1;
    for (std::int64_t i = 1; i <= k; ++i) {
        result = result * (n - k + i) / i;
    }
    return result;
}

/// All tables with the margins of one table: weights[i] = C(n1, k) C(n0, m - k), k = lowest + i.
struct Support {
    std::int64_t lowest = 0;
    std::vector<std::int64_t> weights;
    std::size_t observed = 0;  ///< index of the table itself

    [[nodiscard]] std::int64_t total() const {
        std::int64_t sum = 0;
        for (const std::int64_t weight : weights) {
            sum += weight;
        }
        return sum;
    }
    /// Sum of the weights whose index and weight satisfy a condition.
    template <class Condition>
    [[nodiscard]] std::int64_t sum_where(Condition&& holds) const {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (holds(i, weights[i])) sum += weights[i];
        }
        return sum;
    }
    [[nodiscard]] std::int64_t observed_weight() const { return weights[observed]; }
};

inline Support support_of(const Table2x2& table) {
    const std::int64_t m = table.events();
    Support support;
    support.lowest = std::max<std::int64_t>(0, m - table.control.n);
    const std::int64_t highest = std::min(table.treated.n, m);
    for (std::int64_t k = support.lowest; k <= highest; ++k) {
        support.weights.push_back(choose(table.treated.n, k) * choose(table.control.n, m - k));
    }
    support.observed = static_cast<std::size_t>(table.treated.events - support.lowest);
    return support;
}

/// P(X in set) at a log odds ratio t, for the set of indices that satisfy a condition.
template <class Condition>
double probability_at(const Support& support, double t, Condition&& holds) {
    long double inside = 0, all = 0;
    for (std::size_t i = 0; i < support.weights.size(); ++i) {
        const long double steps =
            static_cast<long double>(i) - static_cast<long double>(support.observed);
        const long double weight =
            static_cast<long double>(support.weights[i]) * std::exp(steps * t);
        all += weight;
        if (holds(i)) inside += weight;
    }
    return static_cast<double>(inside / all);
}

/// Calls visit(table) for every table with arms up to `largest_arm`.
template <class Visitor>
void for_each_table(std::int64_t largest_arm, Visitor&& visit) {
    for (std::int64_t n1 = 1; n1 <= largest_arm; ++n1) {
        for (std::int64_t n0 = 1; n0 <= largest_arm; ++n0) {
            for (std::int64_t x1 = 0; x1 <= n1; ++x1) {
                for (std::int64_t x0 = 0; x0 <= n0; ++x0) {
                    visit(Table2x2{{x1, n1}, {x0, n0}});
                }
            }
        }
    }
}

/// A method of the odds ratio by its id; these methods prepare nothing that depends on the sizes.
inline Judge method(Role role, std::string_view id, double confidence = 0.95) {
    return rsasim::analysis::prepare(role, rsasim::design::Measure::odds_ratio,
                                     {std::string(id), {}}, {{1, 1}, confidence});
}
inline Judge test(std::string_view id) {
    return method(Role::test, id);
}
inline Judge interval(std::string_view id, double confidence = 0.95) {
    return method(Role::interval, id, confidence);
}
inline Judge estimate(std::string_view id) {
    return method(Role::estimate, id);
}

/// |a - b| <= tolerance max(|a|, |b|), or both the same infinity.
inline bool is_close(double a, double b, double tolerance) {
    return a == b || std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

}  // namespace conditional
