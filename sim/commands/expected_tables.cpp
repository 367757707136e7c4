#include "expected_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/math/binomial.hpp>

namespace rsasim::commands {
namespace {

// Beyond so many standard deviations nothing comes up; beyond so many tables the answer is bounded.
constexpr double reach = 8;
constexpr double most_counted = 2e6;

struct Window {
    std::int64_t first, last;
    [[nodiscard]] double size() const { return static_cast<double>(last - first + 1); }
};

Window window_of(std::int64_t women, double lowest, double highest) {
    const auto n = static_cast<double>(women);
    const auto spread = [n](double rate) { return reach * std::sqrt(n * rate * (1 - rate)) + 1; };
    const double first = std::floor(n * lowest - spread(lowest));
    const double last = std::ceil(n * highest + spread(highest));
    return {static_cast<std::int64_t>(std::clamp(first, 0.0, n)),
            static_cast<std::int64_t>(std::clamp(last, 0.0, n))};
}

template <class Rate>
Window window_of(std::span<const Simulated> designs, std::int64_t women, Rate rate) {
    const auto [lowest, highest] = std::ranges::minmax(designs, {}, rate);
    return window_of(women, rate(lowest), rate(highest));
}

}  // namespace

double expected_tables(std::span<const Simulated> designs) {
    if (designs.front().design->is_tallied_one_by_one()) return 0;
    const auto [n_treated, n_control] = designs.front().design->sizes();
    const auto treated_rate = [](const Simulated& s) { return s.design->rates().treated; };
    const auto control_rate = [](const Simulated& s) { return s.design->rates().control; };
    const Window treated = window_of(designs, n_treated, treated_rate);
    const Window control = window_of(designs, n_control, control_rate);
    if (treated.size() * control.size() > most_counted) {
        double sum = 0;
        for (const Simulated& s : designs) {
            const auto all = static_cast<double>(engine::count_tables(*s.design));
            sum += std::min(s.replicates, all);
        }
        return sum;
    }
    std::vector<double> mean(static_cast<std::size_t>(treated.size() * control.size()), 0.0);
    for (const Simulated& s : designs) {
        const auto p =
            math::binomial_probabilities(n_treated, treated_rate(s), treated.first, treated.last);
        const auto q =
            math::binomial_probabilities(n_control, control_rate(s), control.first, control.last);
        for (std::size_t i = 0; i < p.size(); ++i) {
            for (std::size_t j = 0; j < q.size(); ++j)
                mean[i * q.size() + j] += s.replicates * p[i] * q[j];
        }
    }
    double sum = 0;
    for (const double m : mean)
        sum -= std::expm1(-m);
    return sum;
}

}  // namespace rsasim::commands
