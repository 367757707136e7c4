#pragma once

#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::files {

/// Keys stay in the order in which they are set.
using Json = nlohmann::ordered_json;

/// A number; "inf" or "-inf"; null where it does not exist.
inline Json json_number(double value) {
    if (std::isnan(value)) return nullptr;
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

/// Sets a number of an object that holds several. One that does not exist is null, and the map
/// `status` of the object says so under its name.
inline void set_number(Json& object, const std::string& name, double value) {
    object[name] = json_number(value);
    if (std::isnan(value)) object["status"][name] = "undefined";
}

/// The null that tests test: a value on a measure's scale, or margins of equivalence.
inline Json null_json(const design::Effect& null) {
    return {{"measure", name_of(null.measure)}, {"value", null.value}};
}
inline Json margins_json(const design::Equivalence& margins) {
    return {
        {"measure", name_of(margins.measure)}, {"lower", margins.lower}, {"upper", margins.upper}};
}

/// The document as text. Bytes that are not UTF-8 become U+FFFD.
inline std::string text_of(const Json& document) {
    constexpr int indent = 2;
    return document.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rsasim::files
