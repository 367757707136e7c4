#include <algorithm>
#include <cmath>
#include <limits>

#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// Standard error of a mean with this variance per replicate; one replicate shows no variation.
double error_of_mean(double variance, double n) {
    if (!(n > 1)) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(std::max(variance, 0.0) / n);
}

}  // namespace

Figure proportion(std::int64_t part, std::int64_t n) {
    if (n == 0) return {};
    const auto all = static_cast<double>(n);
    const double p = static_cast<double>(part) / all;
    const double q = static_cast<double>(n - part) / all;
    return {p, error_of_mean(p * q, all)};
}

Figure paired_difference(std::int64_t only_first, std::int64_t only_second, std::int64_t n) {
    if (n == 0) return {};
    const auto all = static_cast<double>(n);
    const double discordant = static_cast<double>(only_first + only_second) / all;
    const double difference = static_cast<double>(only_first - only_second) / all;
    return {difference, error_of_mean(discordant - difference * difference, all)};
}

}  // namespace rsasim::summary
