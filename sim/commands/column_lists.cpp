#include "column_lists.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

/// Takes a name in quotes off the text; nothing where its quote is not closed.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string name;
    for (rest.remove_prefix(1);;) {
        const auto quote = rest.find('"');
        if (quote == std::string_view::npos) return std::nullopt;
        name += rest.substr(0, quote);
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"')) return name;
        name += '"';
        rest.remove_prefix(1);
    }
}

std::string take_plain(std::string_view& rest) {
    const auto end = std::min(rest.find(','), rest.size());
    std::string name(rest.substr(0, end));
    rest.remove_prefix(end);
    return name;
}

}  // namespace

std::vector<std::string> names_in(const std::string& list, std::string_view flag,
                                  std::vector<std::string>& faults) {
    const auto refuse = [&](std::string_view why) {
        faults.push_back(fmt::format("analyze: {} {}: {}", flag, list, why));
        return std::vector<std::string>{};
    };
    std::vector<std::string> names;
    for (std::string_view rest = list;;) {
        auto name = rest.starts_with('"') ? take_quoted(rest) : take_plain(rest);
        if (!name || !(rest.empty() || rest.starts_with(','))) {
            return refuse(
                "quotes do not match. Put a name with commas in quotes and double the "
                "quotes in it: 'age,\"weight, kg\"'.");
        }
        if (name->empty())
            return refuse("a column has no name. Write names with commas between them.");
        names.push_back(*std::move(name));
        if (rest.empty()) return names;
        rest.remove_prefix(1);
    }
}

std::vector<std::string> names_in(const std::vector<std::string>& lists, std::string_view flag,
                                  std::vector<std::string>& faults) {
    std::vector<std::string> names;
    for (const std::string& list : lists)
        std::ranges::move(names_in(list, flag, faults), std::back_inserter(names));
    return names;
}

}  // namespace rsasim::commands
