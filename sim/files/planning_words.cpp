#include "planning_words.hpp"

#include "number_text.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::files {

std::string hypotheses_text(const design::AnalysisPlan& plan) {
    std::string null = "no effect";
    if (const auto& margins = plan.equivalence) {
        null = fmt::format("{} not between {} and {}", design::name_of(margins->measure),
                           shortest_text(margins->lower), shortest_text(margins->upper));
    } else if (!plan.null.is_no_effect()) {
        null = fmt::format("{} = {}", design::name_of(plan.null.measure),
                           shortest_text(plan.null.value));
    }
    return fmt::format("  null        {}; {}, alpha {}\n", null,
                       plan.sides == design::Sides::two ? "two-sided" : "one-sided",
                       shortest_text(plan.alpha));
}

std::string test_text(const design::MethodChoice& choice) {
    const auto* row = analysis::find_method(analysis::Role::test, choice.id);
    return wrapped(fmt::format("{}: {}", choice.label(), row->definition), planning_width, 2);
}

void set_hypotheses(Json& json, const design::AnalysisPlan& plan) {
    json["alpha"] = plan.alpha;
    json["sides"] = static_cast<int>(plan.sides);
    if (plan.equivalence) {
        json["equivalence"] = margins_json(*plan.equivalence);
    } else {
        json["null"] = null_json(plan.null);
    }
}

}  // namespace rsasim::files
