#include "observed_arms.hpp"

#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/design.hpp>
#include <rsasim/scenario/scenario.hpp>

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
    const auto n =
        slash == std::string_view::npos ? std::nullopt : whole_number(text.substr(slash + 1));
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

design::Table2x2 read_arms(std::string_view treated, std::string_view control) {
    std::vector<std::string> faults;
    const design::Table2x2 table{read_arm("treated", treated, faults),
                                 read_arm("control", control, faults)};
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
    return table;
}

}  // namespace rsasim::commands
