#include "statement_text.hpp"

#include "cell_text.hpp"
#include "layout.hpp"
#include "number_text.hpp"
#include "titles.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::files {
namespace {

using analysis::Role;
using design::Measure;
using summary::CellParameters;
using summary::Figure;
using summary::Results;

/// "0.6203 ± 0.0005", or six decimals of an exact one.
std::string probability_text(const Figure& figure, summary::Engine engine) {
    return figure_text(figure, decimals_for(std::vector<Figure>{figure}, engine));
}

std::string title_of_test(const Results& results, std::size_t test) {
    return title_of(Role::test, Measure::odds_ratio, results.tests[test]);
}

/// The test that rejects most often; the first of equals.
std::size_t most_powerful(const summary::CellSummary& cell) {
    const auto power = [](const summary::TestSummary& test) {
        return std::isnan(test.power.value) ? -1 : test.power.value;
    };
    const auto most = std::ranges::max_element(cell.tests, {}, power);
    return static_cast<std::size_t>(most - cell.tests.begin());
}

std::string clause_on_tests(const Results& results, std::size_t cell) {
    const auto& one = results.cells[cell];
    const auto power = [&](std::size_t test) {
        return probability_text(one.summary.tests[test].power, results.engine);
    };
    auto text = fmt::format(
        "{} rejects H0{} with probability {}", title_of_test(results, 0),
        one.parameters.is_null == summary::InNull::yes ? ", which is true," : "", power(0));
    const auto most = most_powerful(one.summary);
    if (most == 0) return text;
    return text + fmt::format(" ({}, of {} tests the one that rejects most often, {})",
                              title_of_test(results, most), one.summary.tests.size(), power(most));
}

std::string clause_on_intervals(const Results& results, std::size_t cell) {
    const auto parts = parts_of(results.intervals.front());
    const auto measure = measure_named(parts.measure);
    const auto& one = results.cells[cell];
    return fmt::format("the {} interval of the {} contains the truth with probability {}",
                       title_of(Role::interval, measure, parts.method), words_of(measure),
                       probability_text(one.summary.intervals.front().coverage, results.engine));
}

std::string definition_of(const std::string& label) {
    const auto* row = analysis::find_method(Role::test, label.substr(0, label.find('[')));
    const auto title = title_of(Role::test, Measure::odds_ratio, label);
    return fmt::format("{}: {}", label, row == nullptr ? title : std::string(row->brief));
}

}  // namespace

std::string hypotheses_of(const Results& results, const CellParameters& cell) {
    const bool is_higher = results.direction == design::Direction::higher_is_better;
    const auto measure = words_of(results.null_measure);
    if (results.null_kind == summary::NullKind::equivalence) {
        return fmt::format("H0: {0} not between {1} and {2}; H1: {0} between them", measure,
                           shortest_text(cell.equivalence_lower),
                           shortest_text(cell.equivalence_upper));
    }
    if (results.null_kind == summary::NullKind::margin) {
        return fmt::format("H0: {0} at {1} {2}; H1: {0} {3} it", measure,
                           is_higher ? "most" : "least", shortest_text(cell.null_value),
                           is_higher ? "above" : "below");
    }
    if (cell.sides == 2) return "H0: equal event rates; H1: different event rates";
    return fmt::format("H0: treated rate at {} the control rate; H1: {} than it",
                       is_higher ? "most" : "least", is_higher ? "higher" : "lower");
}

std::string hypotheses_of(const Results& results) {
    const auto first = hypotheses_of(results, results.cells.front().parameters);
    const bool are_same = std::ranges::all_of(results.cells, [&](const auto& cell) {
        return hypotheses_of(results, cell.parameters) == first;
    });
    return are_same ? first : "of each cell: the sweep changes them";
}

std::string summary_sentence(const Results& results, std::size_t cell) {
    if (results.engine == summary::Engine::simulation && results.cells[cell].replicates == 0)
        return "";
    const auto& p = results.cells[cell].parameters;
    std::vector<std::string> clauses;
    if (!results.tests.empty()) clauses.push_back(clause_on_tests(results, cell));
    if (!results.intervals.empty()) clauses.push_back(clause_on_intervals(results, cell));
    if (clauses.empty()) return "";
    return fmt::format("With {} women treated and {} control at rates {} and {}, {}.",
                       count_text(p.n_treated), count_text(p.n_control),
                       fixed_text(p.treated_rate, 4), fixed_text(p.control_rate, 4),
                       fmt::join(clauses, ", and "));
}

std::string sweep_sentence(const Results& results) {
    if (results.tests.empty()) return "";
    const auto power = [&](std::size_t cell) {
        return results.cells[cell].summary.tests.front().power;
    };
    std::vector<std::size_t> known;  // a merge of some shards has cells without replicates
    for (std::size_t cell = 0; cell < results.cells.size(); ++cell) {
        if (!std::isnan(power(cell).value)) known.push_back(cell);
    }
    if (known.empty()) return "";
    const auto [least, most] =
        std::ranges::minmax_element(known, {}, [&](std::size_t cell) { return power(cell).value; });
    const auto text = [&](std::size_t cell) {
        return probability_text(power(cell), results.engine);
    };
    return fmt::format("{} rejects H0 with probability {} (cell {}) to {} (cell {}){}.",
                       title_of_test(results, 0), text(*least), *least, text(*most), *most,
                       known.size() < results.cells.size() ? ", of the cells with replicates" : "");
}

std::string definitions_of_tests(const std::vector<std::string>& labels) {
    if (labels.empty()) return "";
    std::vector<std::string> definitions;
    for (const auto& label : labels)
        definitions.push_back(definition_of(label));
    return fmt::format("Tests: {}. More: rsasim methods ID.", fmt::join(definitions, "; "));
}

}  // namespace rsasim::files
