#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rsasim/planning/formula.hpp>

namespace rsasim::files {

/// What a formula asks for, and the power by enumeration that the test has at these sizes; nothing
/// where it was not computed.
struct FormulaRow {
    planning::FormulaSize size;
    std::optional<double> exact_power;
};

/// The rows as a table under a heading, with a line that says what they are. The column of the
/// exact power is there where any row has one. Of no rows: that no formula answers the question.
std::string formulas_to_text(const std::vector<FormulaRow>& rows, bool use_colour);

}  // namespace rsasim::files
