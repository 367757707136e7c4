#include "analysis_flags.hpp"

#include "console.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::commands {
namespace {

/// 200 v 200 women: up to here methods that order all tables are shown without being asked for.
constexpr std::int64_t most_tables_unless_asked_for = std::int64_t{201} * 201;

/// The tests of no effect that do not order all tables.
std::string ids_of_quick_tests() {
    std::vector<std::string_view> ids;
    for (const auto& row : analysis::catalogue()) {
        if (row.role != analysis::Role::test || row.nulls == analysis::Nulls::any) continue;
        if (row.family != "exact unconditional") ids.push_back(row.id);
    }
    return fmt::format("{}", fmt::join(ids, ","));
}

}  // namespace

std::shared_ptr<const design::AnalysisPlan> read_plan(const AnalyzeOptions& options,
                                                      const design::Table2x2& table,
                                                      const PlanReader& reader) {
    // The design is the table's own; its rates are of no consequence here.
    std::vector<scenario::FlagSetting> settings{
        {"--n", fmt::format("{},{}", table.treated.n, table.control.n)},
        {"--control-rate", "0.5"},
        {"--treated-rate", "0.5"}};
    const auto is_given = [&](std::initializer_list<std::string_view> flags) {
        return std::ranges::any_of(options.settings, [&](const scenario::FlagSetting& setting) {
            return std::ranges::find(flags, setting.flag) != flags.end();
        });
    };
    const bool is_large =
        (table.treated.n + 1) * (table.control.n + 1) > most_tables_unless_asked_for;
    if (!is_large && !is_given({"--intervals"})) settings.push_back({"--intervals", "all"});
    if (is_large && !is_given({"--tests", "--null", "--equivalence"})) {
        settings.push_back({"--tests", ids_of_quick_tests()});
    }
    settings.insert(settings.end(), options.settings.begin(), options.settings.end());
    const scenario::Scenario scenario = scenario::read_scenario(std::nullopt, settings);
    if (scenario.grid.cells.size() > 1) {
        throw scenario::InputErrors({fmt::format(
            "{}: one table is analysed in one way at a time. Give each flag one value.",
            reader.command)});
    }
    for (const auto& note : scenario.notes) {
        if (reader.tells_notes) tell("note: " + note);
    }
    return std::make_shared<const design::AnalysisPlan>(
        scenario.grid.cells.front().design.analysis());
}

}  // namespace rsasim::commands
