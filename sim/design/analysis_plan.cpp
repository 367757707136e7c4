#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::design {
namespace {

/// Effects come from rates, and rates from effects: rounding may put a truth beside its margin.
constexpr double margin_slack = 1e-9;

/// True where an effect lies above a margin, by more than rounding. NaN does not.
bool is_above(double effect, double margin) {
    return effect > margin + margin_slack * std::max(std::abs(margin), 1.0);
}

}  // namespace

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
        if (sides == Sides::two) return rates.treated == rates.control;
        return !(sign * rates.treated > sign * rates.control);
    }
    return !is_above(sign * effect_of(null.measure, rates), sign * null.value);
}

}  // namespace rsasim::design
