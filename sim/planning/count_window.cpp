#include "count_window.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::planning {
namespace {

constexpr double negligible = 1e-13;

}  // namespace

CountWindow window_of(std::int64_t n, double rate) {
    const auto women = static_cast<double>(n);
    const double a = std::log(2 / negligible), mean = women * rate;
    const double t = a / 3 + std::sqrt(a * a / 9 + 2 * a * mean * (1 - rate));
    return {static_cast<std::int64_t>(std::floor(std::max(mean - t, 0.0))),
            static_cast<std::int64_t>(std::ceil(std::min(mean + t, women)))};
}

}  // namespace rsasim::planning
