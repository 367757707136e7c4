#include "contour_walk.hpp"

#include <rsasim/math/binomial.hpp>

namespace rsasim::planning {

ContourWalk::ArmWeights::ArmWeights(std::int64_t women, double rate) : n(women) {
    const auto all = math::binomial_probabilities(women, rate);
    const auto has_weight = [](double weight) { return weight >= least_probability; };
    const auto first = std::ranges::find_if(all, has_weight);
    auto last = first;
    while (last != all.end() && has_weight(*last))
        ++last;
    lowest = first - all.begin();
    weights.assign(first, last);
    mode = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
}

ContourWalk::ContourWalk(const design::ArmSizes& sizes, const design::Rates& rates)
    : treated_(sizes.treated, rates.treated),
      control_(sizes.control, rates.control),
      visited_(treated_.weights.size(), {control_.mode, control_.mode}),
      level_(treated_.weights[treated_.mode] * control_.weights[control_.mode]) {}

}  // namespace rsasim::planning
