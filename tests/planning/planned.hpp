#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/math/binomial.hpp>

namespace planned {

using rsasim::analysis::Region;
using rsasim::design::AnalysisPlan;
using rsasim::design::ArmSizes;
using rsasim::design::Design;
using rsasim::design::Measure;
using rsasim::design::Rates;

inline AnalysisPlan plan_with(const std::string& test, double alpha = 0.05) {
    AnalysisPlan plan;
    plan.alpha = alpha;
    plan.tests = {{test, {}}};
    return plan;
}

inline AnalysisPlan plan_with_interval(Measure measure, const std::string& id) {
    AnalysisPlan plan;
    plan.intervals = {{measure, {id, {}}}};
    return plan;
}

inline Design design_of(const ArmSizes& sizes, const AnalysisPlan& plan,
                        const Rates& rates = {0.5, 0.5}) {
    return {sizes, rates, std::make_shared<const AnalysisPlan>(plan)};
}

/// P(region) at a pair of rates, by direct summation.
inline double probability(const ArmSizes& sizes, const Region& region, const Rates& rates) {
    const auto treated = rsasim::math::binomial_probabilities(sizes.treated, rates.treated);
    const auto control = rsasim::math::binomial_probabilities(sizes.control, rates.control);
    double sum = 0;
    std::size_t table = 0;
    for (const double p1 : treated) {
        for (const double p0 : control) {
            sum += region[table++] * p1 * p0;
        }
    }
    return sum;
}

}  // namespace planned
