#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/design/design.hpp>

namespace rsasim::commands {

/// The labels of the plan's tests, as in results: of the 2x2 table, then of women.
std::vector<std::string> test_labels(const design::AnalysisPlan& plan);

/// Whether the test is one of women, not of the 2x2 table.
bool is_test_of_women(const design::AnalysisPlan& plan, std::string_view label);

/// The same trial with one test alone, by its label, and nothing else analysed; nothing where the
/// plan has no such test.
std::optional<design::Design> with_one_test(const design::Design& design, std::string_view label);

}  // namespace rsasim::commands
