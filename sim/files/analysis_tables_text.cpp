#include "analysis_tables_text.hpp"

#include "number_text.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {
namespace {

using analysis::Role;
using analysis::Status;
using design::Measure;

/// Marks a P-value or an interval that contradicts its counterpart.
constexpr std::string_view mark = " ≠";

/// A table whose methods stand indented under the families that they belong to.
class FamilyTable {
  public:
    FamilyTable(Role role, Measure measure) : role_(role), measure_(measure) {
        table_.add_column(role == Role::test ? "test" : "interval", Align::left);
        table_.add_column("what it is", Align::left);
    }
    TextTable& table() { return table_; }

    /// The method's columns: its id, what it is, and the cells.
    void add(const design::MethodChoice& choice, std::vector<std::string> cells) {
        const auto* row = analysis::find_method(role_, choice.id, measure_);
        const std::string family(row == nullptr ? "" : row->family);
        auto group = std::ranges::find(groups_, family, &Group::family);
        if (group == groups_.end()) group = groups_.insert(groups_.end(), Group{family, {}});
        cells.insert(cells.begin(),
                     {"  " + choice.label(), std::string(row == nullptr ? "" : row->brief)});
        group->rows.push_back(std::move(cells));
    }

    /// Families in the order in which they came first.
    [[nodiscard]] std::string render(const std::string& heading, bool use_colour) && {
        for (auto& [family, rows] : groups_) {
            table_.add_row({family});
            for (auto& row : rows)
                table_.add_row(std::move(row));
        }
        return fmt::format("\n{}\n{}", emphasised(heading, use_colour),
                           table_.render({analysis_width, 2, use_colour}).text);
    }

  private:
    struct Group {
        std::string family;
        std::vector<std::vector<std::string>> rows;
    };
    Role role_;
    Measure measure_;
    std::vector<Group> groups_;
    TextTable table_;
};

std::string fragility_cell(const TestFragility& fragility) {
    return fragility.index ? count_text(*fragility.index) : "–";
}

/// One sentence on the tests that have no P-value, and why; empty where all have one.
std::string without_p_value(const std::vector<TestFinding>& tests) {
    std::vector<std::string> names;
    for (const auto& [choice, finding] : tests) {
        if (finding.status == Status::ok) continue;
        names.push_back(fmt::format("{} ({})", choice.label(), remark_of(finding.status)));
    }
    if (names.empty()) return "";
    return wrapped(fmt::format("Without a P-value here: {}.", fmt::join(names, ", ")),
                   analysis_width, 2);
}

}  // namespace

std::string remark_of(Status status) {
    switch (status) {
        case Status::ok:
            return "";
        case Status::degenerate:
            return "at the edge";
        case Status::undefined:
            return "undefined";
        case Status::not_converged:
            return "no convergence";
        case Status::too_large:
            return "too large";
        case Status::separated:
            return "separated";
        case Status::collinear:
            return "collinear";
        case Status::not_defined:
            return "not defined";
    }
    return "";
}

std::string value_text(double value) {
    constexpr int decimals = 4;
    return fixed_text(value, decimals);
}

std::string titled(std::string_view heading, const TextTable& table, bool use_colour) {
    return fmt::format("\n{}\n{}", emphasised(heading, use_colour),
                       table.render({analysis_width, 2, use_colour}).text);
}

std::string tests_text(const WholeAnalysis& analysis, const std::string& heading, bool use_colour) {
    const auto& tests = analysis.findings.tests;
    if (tests.empty()) return "";
    const auto contradicts = [&](const design::MethodChoice& choice) {
        return std::ranges::any_of(analysis.contradictions, [&](const auto& one) {
            return one.pair.test == choice.label();
        });
    };
    FamilyTable family(Role::test, Measure::odds_ratio);
    family.table().add_column("statistic", Align::right, 2);
    family.table().add_column("P", Align::left);
    family.table().add_column("greater", Align::right);
    family.table().add_column("less", Align::right);
    family.table().add_column("fragile", Align::right);
    for (std::size_t i = 0; i < tests.size(); ++i) {
        const auto& [choice, finding] = tests[i];
        const auto p_value = p_value_text(finding.p_value.two_sided);
        family.add(choice,
                   {value_text(finding.statistic),
                    contradicts(choice) ? fmt::format("{}{}", p_value, mark) : p_value,
                    p_value_text(finding.p_value.greater), p_value_text(finding.p_value.less),
                    fragility_cell(analysis.fragility[i])});
    }
    return std::move(family).render(heading, use_colour) + without_p_value(tests);
}

std::string intervals_text(const WholeAnalysis& analysis, Measure measure, double confidence,
                           bool use_colour) {
    const auto contradicts = [&](const design::MethodChoice& choice) {
        return std::ranges::any_of(analysis.contradictions, [&](const auto& one) {
            return one.pair.measure == measure && one.pair.interval == choice.label();
        });
    };
    FamilyTable family(Role::interval, measure);
    family.table().add_column("lower", Align::right);
    family.table().add_column("upper", Align::right);
    family.table().add_column("", Align::left);
    bool is_empty = true;
    for (const auto& [choice, finding] : analysis.findings.intervals) {
        if (choice.measure != measure) continue;
        is_empty = false;
        family.add(choice.method,
                   {value_text(finding.interval.lower), value_text(finding.interval.upper),
                    fmt::format("{}{}", remark_of(finding.status),
                                contradicts(choice.method) ? mark : "")});
    }
    if (is_empty) return "";
    return std::move(family).render(
        fmt::format("{} % intervals of the {}", shortest_text(100 * confidence), words_of(measure)),
        use_colour);
}

}  // namespace rsasim::files
