#pragma once

#include <cmath>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <rsasim/design/table.hpp>

/// The numbers from outside: tests/reference/reference.json, one entry per line, described in
/// tests/reference/README.md.
namespace reference {

using Json = nlohmann::json;

inline std::vector<Json> entries(const std::string& kind) {
    static const Json document = [] {
        std::ifstream file(RSASIM_REFERENCE_DIR "/reference.json");
        if (!file) throw std::runtime_error("tests/reference/reference.json cannot be read");
        return Json::parse(file);
    }();
    std::vector<Json> found;
    for (const Json& entry : document.at("entries")) {
        if (entry.at("kind") == kind) found.push_back(entry);
    }
    if (found.empty()) throw std::runtime_error("no reference entries of kind " + kind);
    return found;
}

/// A number, or the strings "Inf" and "-Inf".
inline double number(const Json& value) {
    if (!value.is_string()) return value.get<double>();
    const double infinity = std::numeric_limits<double>::infinity();
    if (value == "Inf") return infinity;
    if (value == "-Inf") return -infinity;
    throw std::runtime_error("not a number in the reference: " + value.dump());
}

/// |actual - expected| <= abs + rel |expected|; infinities must be the same.
inline bool agrees(double actual, const Json& expected_value, const Json& tolerance) {
    const double expected = number(expected_value);
    if (std::isinf(expected) || std::isinf(actual)) return actual == expected;
    const double bound =
        tolerance.at("abs").get<double>() + tolerance.at("rel").get<double>() * std::abs(expected);
    return std::abs(actual - expected) <= bound;
}

/// [[a, b], [c, d]]: rows treated and control, columns event and non-event.
inline rsasim::design::Table2x2 table(const Json& cells) {
    const auto cell = [&](int row, int column) {
        return cells.at(row).at(column).get<std::int64_t>();
    };
    return {{cell(0, 0), cell(0, 0) + cell(0, 1)}, {cell(1, 0), cell(1, 0) + cell(1, 1)}};
}

}  // namespace reference
