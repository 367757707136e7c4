#pragma once

#include "faults.hpp"
#include "settings.hpp"
#include "vocabulary.hpp"

#include <optional>

namespace rsasim::scenario {

/// What a value says about a key when it stands where a sweep may stand.
bool is_sweep(const KeyRow& row, const Value& value);

/// The steps of a swept key: a list, or a table { from, to, step } for a number. arms.n gives the
/// two keys arms.n.treated and arms.n.control. Nothing where there is a fault, which is added.
std::optional<SteppedAxis> stepped_axis(const KeyRow& row, const Place& place, const Value& value,
                                        Faults& faults);

/// The sizes of both arms from { treated = 75, control = 74 }; either may be absent. Unknown keys
/// and other types are faults.
std::vector<Constant> arm_constants(const Value& value, Faults& faults);

/// Says that a path is not a key, with the nearest that is one.
void add_unknown_key(const std::string& path, const Place& place, const Value& value,
                     const Vocabulary& vocabulary, Faults& faults);

}  // namespace rsasim::scenario
