#include "analysis_flags.hpp"
#include "analyze_data.hpp"
#include "console.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

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

}  // namespace

ExitStatus analyze(const AnalyzeOptions& options) {
    if (is_about_data(options)) return analyze_data(options);
    if (options.treated.empty() || options.control.empty()) {
        throw scenario::InputErrors(
            {"analyze: needs both arms as events/women, or a data set. Write: rsasim analyze 60/75 "
             "47/74, or --data trial.csv --outcome Y --arm ARM"});
    }
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
