#include "titles.hpp"

#include "number_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::files {

namespace {

/// The title of a patient-level method, with its set or endpoint; empty for other labels.
std::string patient_title_of(analysis::Role role, design::Measure measure,
                             const std::string& label) {
    const auto end = std::min(label.find_first_of("[@"), label.size());
    const auto id = label.substr(0, end);
    const bool has_set = label.find('@') != std::string::npos;
    for (const auto& row : analysis::patient_catalogue()) {
        const bool is_it = role == analysis::Role::test ? row.test_id == id
                                                        : row.id == id && row.measure == measure;
        if (!is_it || (row.family == analysis::PatientFamily::table && !has_set)) continue;
        return end == label.size() ? std::string(row.title)
                                   : fmt::format("{} {}", row.title, label.substr(end));
    }
    return "";
}

}  // namespace

std::string title_of(analysis::Role role, design::Measure measure, const std::string& label) {
    if (auto title = patient_title_of(role, measure, label); !title.empty()) return title;
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
    const auto* found = std::ranges::find(design::every_measure, name,
                                          [](auto measure) { return design::name_of(measure); });
    return found == design::every_measure.end() ? design::Measure::odds_ratio : *found;
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
