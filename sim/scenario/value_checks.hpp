#pragma once

#include "value.hpp"

#include <optional>
#include <string>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

/// What is wrong with a value.
struct ValueProblem {
    std::string where;  ///< "[1]" of a list; empty for the whole
    Value given;
    std::string why;  ///< the rule and the remedy
};

/// Checks the type and range of a value against its key's row and stores it in the row's own type.
/// Lists of methods pass.
std::optional<ValueProblem> find_problem(const KeyRow& row, Value& value);

}  // namespace rsasim::scenario
