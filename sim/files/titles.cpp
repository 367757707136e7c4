#include "titles.hpp"

#include "number_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::files {

std::string title_of(analysis::Role role, design::Measure measure, const std::string& label) {
    const auto bracket = label.find('[');
    const auto* row = analysis::find_method(role, label.substr(0, bracket), measure);
    if (row == nullptr) return label;
    if (bracket == std::string::npos) return std::string(row->title);
    auto options = label.substr(bracket + 1, label.size() - bracket - 2);
    std::ranges::replace(options, '=', ' ');
    return fmt::format("{}, {}", row->title, options);
}

std::string words_of(design::Measure measure) {
    std::string words(design::name_of(measure));
    std::ranges::replace(words, '_', ' ');
    return words;
}

design::Measure measure_named(const std::string& name) {
    const auto* found = std::ranges::find(design::all_measures, name,
                                          [](auto measure) { return design::name_of(measure); });
    return found == design::all_measures.end() ? design::Measure::odds_ratio : *found;
}

std::string tests_heading(const design::Effect& null,
                          const std::optional<design::Equivalence>& equivalence) {
    if (equivalence) {
        return fmt::format("Tests of equivalence: {} between {} and {}",
                           words_of(equivalence->measure), shortest_text(equivalence->lower),
                           shortest_text(equivalence->upper));
    }
    if (null.is_no_effect()) return "Tests of no effect";
    return fmt::format("Tests of {} {}", words_of(null.measure), shortest_text(null.value));
}

}  // namespace rsasim::files
