#include "faults.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

/// More messages than anybody reads; a hostile file of 1 MiB could give half a million.
constexpr std::size_t most_messages = 100;

}  // namespace

InputErrors::InputErrors(std::vector<std::string> messages)
    : std::runtime_error(fmt::format("{}", fmt::join(messages, "\n"))),
      messages_(std::move(messages)) {}

void Faults::add(const Place& place, const std::string& message) {
    std::string where = source_;
    if (place.is_in_file()) where = fmt::format("{}:{}", source_, place.line);
    if (!place.flag.empty()) where = place.flag;
    faults_.push_back({place, fmt::format("{}: {}", where, message)});
}

void Faults::add_syntax(const Place& place, const std::string& message) {
    faults_.push_back(
        {place, fmt::format("{}:{}:{}: {}", source_, place.line, place.column, message)});
}

void Faults::add_for(std::string_view path, const Place& place, const std::string& message) {
    add(place, message);
    mark(path);
}

bool Faults::is_marked(std::string_view path) const {
    while (!marked_.contains(path)) {
        const auto dot = path.rfind('.');
        if (dot == std::string_view::npos) return false;
        path = path.substr(0, dot);
    }
    return true;
}

bool Faults::want_suggestions() const {
    return faults_.size() < most_messages;
}

void Faults::throw_if_any() const {
    if (faults_.empty()) return;
    std::vector<Fault> sorted = faults_;
    std::ranges::stable_sort(sorted, {}, [](const Fault& fault) {
        const Place& place = fault.place;
        return std::tuple(!place.flag.empty(), place.order, place.line, place.column);
    });
    std::vector<std::string> messages;
    for (const Fault& fault : sorted) {
        if (messages.size() == most_messages) {
            messages.push_back(fmt::format("{}: {} more faults are not shown.", source_,
                                           sorted.size() - most_messages));
            break;
        }
        messages.push_back(fault.text);
    }
    throw InputErrors(std::move(messages));
}

}  // namespace rsasim::scenario
