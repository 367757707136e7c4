#include <algorithm>
#include <cmath>

#include <rsasim/design/near_truth.hpp>

namespace rsasim::design {

bool is_above(double truth, double value) {
    return truth > value + truth_slack * std::max(std::abs(value), 1.0);
}

bool is_no_effect(Measure measure, double truth) {
    return std::abs(truth - no_effect(measure)) <= truth_slack;
}

bool are_equal(const Rates& rates) {
    return rates.treated == rates.control ||
           is_no_effect(Measure::odds_ratio, effect_of(Measure::odds_ratio, rates));
}

}  // namespace rsasim::design
