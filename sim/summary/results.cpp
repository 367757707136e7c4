#include <rsasim/summary/results.hpp>

namespace rsasim::summary {

CellParameters parameters_of(const design::Design& design) {
    const design::AnalysisPlan& plan = design.analysis();
    CellParameters parameters;
    parameters.n_treated = design.sizes().treated;
    parameters.n_control = design.sizes().control;
    parameters.control_rate = design.rates().control;
    parameters.treated_rate = design.rates().treated;
    parameters.odds_ratio = design.truth(design::Measure::odds_ratio);
    parameters.risk_ratio = design.truth(design::Measure::risk_ratio);
    parameters.risk_difference = design.truth(design::Measure::risk_difference);
    parameters.alpha = plan.alpha;
    parameters.sides = static_cast<std::int64_t>(plan.sides);
    parameters.confidence = plan.confidence;
    if (!design.is_solved()) {
        parameters.is_null = InNull::not_solved;
    } else {
        parameters.is_null = design.is_null() ? InNull::yes : InNull::no;
    }
    if (plan.equivalence) {
        parameters.equivalence_lower = plan.equivalence->lower;
        parameters.equivalence_upper = plan.equivalence->upper;
    } else {
        parameters.null_value = plan.null.value;
    }
    return parameters;
}

}  // namespace rsasim::summary
