#include "console.hpp"
#include "options.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/files/analysis_text.hpp>

namespace rsasim::commands {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "60/75" as counts; adds to `faults` what is wrong with it.
design::ArmCounts read_arm(std::string_view name, std::string_view text,
                           std::vector<std::string>& faults) {
    const auto slash = text.find('/');
    const auto events = whole_number(text.substr(0, slash));
    const auto n = slash == text.npos ? std::nullopt : whole_number(text.substr(slash + 1));
    if (!events || !n) {
        faults.push_back(
            fmt::format("{} = {}: is not events/women. Write it as 60/75.", name, text));
        return {};
    }
    if (*n < 1 || *n > design::Design::largest_arm || *events < 0 || *events > *n) {
        faults.push_back(
            fmt::format("{} = {}: an arm has 1 to {} women and at most as many events "
                        "as women. Correct the counts.",
                        name, text, design::Design::largest_arm));
        return {};
    }
    return {*events, *n};
}

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

/// The analyses asked for by flags, read and checked by the reader of scenarios. The design is the
/// table's own; its rates are of no consequence here.
std::shared_ptr<const design::AnalysisPlan> read_plan(const AnalyzeOptions& options,
                                                      const design::Table2x2& table) {
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
        throw scenario::InputErrors(
            {"analyze: one table is analysed in one way at a time. Give each flag one value."});
    }
    for (const auto& note : scenario.notes)
        tell("note: " + note);
    return std::make_shared<const design::AnalysisPlan>(
        scenario.grid.cells.front().design.analysis());
}

}  // namespace

ExitStatus analyze(const AnalyzeOptions& options) {
    std::vector<std::string> faults;
    const design::Table2x2 table{read_arm("treated", options.treated, faults),
                                 read_arm("control", options.control, faults)};
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
    const auto plan = read_plan(options, table);
    print(options.json ? files::analysis_to_json(table, *plan)
                       : files::analysis_to_text(table, *plan, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
