#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/files/replan_text.hpp>

/// What the text and the JSON of replan share.
namespace rsasim::files {

/// A test and an interval that together print all that was printed of one measure.
struct PrintedCombination {
    const planning::TestReproduction* test;
    design::Measure measure;
    const planning::IntervalReproduction* interval;
    bool belong_together;  ///< the interval inverts the test
};

/// Tests that print the P-value, in the tail where it is looked for, with intervals that print the
/// limits, test by test.
std::vector<PrintedCombination> combinations_of(const planning::Reproduction& reproduction);

/// True where the method prints the figure without a rounding on the way.
template <class Method>
bool prints_directly(const Method& method) {
    return method.agreement != planning::Agreement::none &&
           method.route.step == planning::Step::none;
}

/// "always", "half up", "half even"; "none".
std::string_view name_of(planning::Agreement agreement);

/// One sentence that answers: can the figures be had, would it happen again, how many women.
std::string replan_summary(const ReplanReport& report);

/// The section of the printed figures.
std::string figures_text(const planning::Reproduction& reproduction, bool use_colour);

}  // namespace rsasim::files
