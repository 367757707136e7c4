#include "restricted_rates.hpp"

#include <algorithm>

#include <rsasim/math/roots.hpp>

namespace rsasim::planning {
namespace {

/// The score in the control rate, times what makes it finite at the ends of the null's line.
double scaled_score(const design::Rates& rates, const design::Effect& null, const ArmShares& shares,
                    double control) {
    const double treated = treated_rate_for(null.measure, null.value, control);
    const double of_treated = shares.treated * (rates.treated - treated);
    const double of_control = shares.control * (rates.control - control);
    if (null.measure == design::Measure::risk_difference) {
        return of_treated * control * (1 - control) + of_control * treated * (1 - treated);
    }
    if (null.measure == design::Measure::risk_ratio) {
        return of_treated * (1 - control) + of_control * (1 - treated);
    }
    return of_treated + of_control;
}

}  // namespace

design::Rates restricted_rates(const design::Rates& rates, const design::Effect& null,
                               const ArmShares& shares) {
    if (null.is_no_effect()) {
        const double pooled = shares.treated * rates.treated + shares.control * rates.control;
        return {pooled, pooled};
    }
    double lowest = 0, highest = 1;
    if (null.measure == design::Measure::risk_difference) {
        lowest = std::max(0.0, -null.value);
        highest = std::min(1.0, 1 - null.value);
    } else if (null.measure == design::Measure::risk_ratio) {
        highest = std::min(1.0, 1 / null.value);
    }
    const double control =
        math::bracketed_root([&](double at) { return scaled_score(rates, null, shares, at); },
                             lowest, highest)
            .value;
    return {treated_rate_for(null.measure, null.value, control), control};
}

}  // namespace rsasim::planning
