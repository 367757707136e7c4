#pragma once

#include <optional>
#include <string>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::files {

/// "Boschloo, berger-boos 0.001" for the label "boschloo[berger-boos=0.001]"; the label itself
/// where the catalogue does not know it.
std::string title_of(analysis::Role role, design::Measure measure, const std::string& label);

/// "odds ratio" for odds_ratio.
std::string words_of(design::Measure measure);

/// "Tests of no effect", "Tests of risk difference -0.1", "Tests of equivalence: risk difference
/// between -0.1 and 0.1".
std::string tests_heading(const design::Effect& null,
                          const std::optional<design::Equivalence>& equivalence);

/// The measure of this name; odds_ratio where there is none.
design::Measure measure_named(const std::string& name);

}  // namespace rsasim::files
