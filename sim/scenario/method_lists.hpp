#pragma once

#include "faults.hpp"
#include "settings.hpp"
#include "value.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <rsasim/design/effect.hpp>

namespace rsasim::scenario {

inline constexpr std::string_view tests_path = "analysis.tests";
inline constexpr std::string_view intervals_path = "analysis.intervals";

/// "odds ratio", in words for a message.
std::string_view words_of(design::Measure measure);

/// "analysis.tests[1]"
std::string element(std::string_view path, std::size_t i);

/// The list that a key gives; a null pointer where it gives none, which is a fault unless the key
/// is absent.
const Array* list_of(std::string_view path, const Settings& settings, Faults& faults);

/// That an element of a list stands in it already.
void add_repeated(const std::string& label, const std::string& text, const Place& place,
                  Faults& faults);

}  // namespace rsasim::scenario
