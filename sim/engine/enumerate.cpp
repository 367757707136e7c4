#include <cstddef>
#include <numeric>
#include <vector>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/math/binomial.hpp>

namespace rsasim::engine {
namespace {

/// Of each of the four tails (two per arm), so that at most 1e-12 is left out in all.
constexpr double largest_skipped_tail = 2.5e-13;

/// The numbers of events that are kept: lowest, ..., highest.
struct ArmWindow {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    double skipped = 0;  ///< probability of the rest

    [[nodiscard]] std::int64_t size() const { return highest - lowest + 1; }
};

/// The smallest x in [first, last] for which `holds`, which is false and then true, by bisection.
template <class Predicate>
std::int64_t first_where(std::int64_t first, std::int64_t last, Predicate holds) {
    while (first < last) {
        const std::int64_t middle = std::midpoint(first, last);
        if (holds(middle)) {
            last = middle;
        } else {
            first = middle + 1;
        }
    }
    return first;
}

ArmWindow window_of(std::int64_t n, double rate) {
    const std::int64_t lowest = first_where(0, n, [&](std::int64_t x) {
        return math::binomial_cdf(x, n, rate) > largest_skipped_tail;
    });
    const std::int64_t highest = first_where(lowest, n, [&](std::int64_t x) {
        return math::binomial_upper_tail(x, n, rate) <= largest_skipped_tail;
    });
    return {lowest, highest,
            math::binomial_cdf(lowest - 1, n, rate) + math::binomial_upper_tail(highest, n, rate)};
}

}  // namespace

Enumeration enumerate(const design::Design& design) {
    const auto [n_treated, n_control] = design.sizes();
    const ArmWindow treated = window_of(n_treated, design.rates().treated);
    const ArmWindow control = window_of(n_control, design.rates().control);
    const auto p_treated = math::binomial_probabilities(n_treated, design.rates().treated,
                                                        treated.lowest, treated.highest);
    const auto p_control = math::binomial_probabilities(n_control, design.rates().control,
                                                        control.lowest, control.highest);

    Enumeration result;
    result.skipped_probability =
        treated.skipped + control.skipped - treated.skipped * control.skipped;
    result.tables.reserve(p_treated.size() * p_control.size());
    for (std::size_t i = 0; i < p_treated.size(); ++i) {
        for (std::size_t j = 0; j < p_control.size(); ++j) {
            result.tables.push_back({static_cast<std::int32_t>(treated.lowest + i),
                                     static_cast<std::int32_t>(n_treated),
                                     static_cast<std::int32_t>(control.lowest + j),
                                     static_cast<std::int32_t>(n_control),
                                     p_treated[i] * p_control[j]});
        }
    }
    return result;
}

std::int64_t count_tables(const design::Design& design) {
    return window_of(design.sizes().treated, design.rates().treated).size() *
           window_of(design.sizes().control, design.rates().control).size();
}

}  // namespace rsasim::engine
