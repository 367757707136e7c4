#include "stratified_limits.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {
namespace {

/// The share treated with event where the margins are `treated` and `events` and the odds ratio is
/// psi: the root in range of (psi - 1) a^2 - b a + c = 0, by the formula that does not cancel.
double expected_treated_events(double psi, double treated, double events) {
    const double b = (psi - 1) * (treated + events) + 1;
    const double c = psi * treated * events;
    const double root = std::sqrt(std::max(0.0, b * b - 4 * (psi - 1) * c));
    return b >= 0 ? 2 * c / (b + root) : (root - b) / (2 * (1 - psi));
}

}  // namespace

double mantel_haenszel_limit(const std::vector<Group>& strata) {
    double for_treated = 0, for_control = 0;
    for (const Group& s : strata) {
        for_treated += s.weight * s.treated * (1 - s.control);
        for_control += s.weight * s.control * (1 - s.treated);
    }
    return for_treated / for_control;
}

double conditional_limit(const std::vector<Group>& strata, double treated_share) {
    double least = infinity, greatest = 0;
    for (const Group& s : strata) {
        const double odds_ratio = s.treated * (1 - s.control) / (s.control * (1 - s.treated));
        if (std::isnan(odds_ratio)) continue;  // no events or no non-events
        least = std::min(least, odds_ratio);
        greatest = std::max(greatest, odds_ratio);
    }
    if (least > greatest) return not_a_number;
    if (least == greatest) return least;
    const auto excess = [&](double psi) {
        double sum = 0;
        for (const Group& s : strata) {
            const double events = treated_share * s.treated + (1 - treated_share) * s.control;
            sum += s.weight * (expected_treated_events(psi, treated_share, events) -
                               treated_share * s.treated);
        }
        return sum;
    };
    constexpr double beyond_rounding = 1e-9;  // nearly equal odds ratios make a bracket too
    least *= 1 - beyond_rounding;
    greatest *= 1 + beyond_rounding;
    if (std::isinf(greatest)) {
        greatest = 1 + 2 * least;
        while (excess(greatest) < 0)
            greatest *= 4;
    }
    return math::bracketed_root(excess, least, greatest).value;
}

}  // namespace rsasim::analysis
