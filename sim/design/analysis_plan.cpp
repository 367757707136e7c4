#include <fmt/format.h>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/near_truth.hpp>

namespace rsasim::design {

std::string MethodChoice::label() const {
    if (options.empty()) return id;
    std::string text = id + "[";
    for (const auto& [name, value] : options) {
        if (text.back() != '[') text += ',';
        text += name + "=" + canonical_decimal(value);
    }
    return text + "]";
}

std::string MeasuredChoice::label() const {
    return fmt::format("{}:{}", name_of(measure), method.label());
}

std::optional<Measure> AnalysisPlan::margin_measure() const {
    if (equivalence) return equivalence->measure;
    if (null.is_no_effect()) return std::nullopt;
    return null.measure;
}

bool AnalysisPlan::has_in_null(const Rates& rates) const {
    if (equivalence) {
        const double effect = effect_of(equivalence->measure, rates);
        return !is_above(effect, equivalence->lower) || !is_above(-effect, -equivalence->upper);
    }
    const double sign = direction == Direction::higher_is_better ? 1 : -1;
    if (null.is_no_effect()) {
        if (sides == Sides::two || are_equal(rates)) return are_equal(rates);
        return sign * rates.treated < sign * rates.control;
    }
    return !is_above(sign * effect_of(null.measure, rates), sign * null.value);
}

}  // namespace rsasim::design
