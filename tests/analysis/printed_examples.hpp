#pragma once

#include <span>
#include <string_view>

#include <rsasim/analysis/catalogue.hpp>

/// Intervals that papers, manuals and other programs print, for methods that reference.json does
/// not have.
namespace printed_examples {

struct Example {
    rsasim::design::Measure measure;
    std::string_view interval;
    rsasim::design::Table2x2 table;
    double lower;
    double upper;
    double
        lower_tolerance;  ///< half a unit of the last printed digit, or what the program solves to
    double upper_tolerance;
    std::string_view source;
};

/// All at confidence 0.95.
std::span<const Example> intervals();

}  // namespace printed_examples
