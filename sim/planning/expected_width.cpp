#include "contour_walk.hpp"
#include "interval_width.hpp"

#include <cmath>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/planning/expected_width.hpp>

namespace rsasim::planning {

ExpectedWidth expected_width(const design::AnalysisPlan& plan, std::size_t interval,
                             const design::ArmSizes& sizes, const design::Rates& rates) {
    const auto& choice = plan.intervals.at(interval);
    const auto judge = analysis::prepare(analysis::Role::interval, choice.measure, choice.method,
                                         analysis::Setting{sizes, plan.confidence});
    double sum = 0, finite = 0, infinite = 0;
    ContourWalk(sizes, rates).visit_all([&](const design::Table2x2& table, double probability) {
        const double width = width_of(judge(table).interval, choice.measure);
        if (std::isfinite(width)) {
            sum += probability * width;
            finite += probability;
        } else {
            infinite += probability;
        }
    });
    return {choice, sum / finite, infinite};
}

}  // namespace rsasim::planning
