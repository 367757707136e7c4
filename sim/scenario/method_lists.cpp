#include "method_lists.hpp"

#include <fmt/format.h>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

std::string_view words_of(design::Measure measure) {
    switch (measure) {
        case design::Measure::odds_ratio:
            return "odds ratio";
        case design::Measure::risk_difference:
            return "risk difference";
        case design::Measure::risk_ratio:
            return "risk ratio";
        case design::Measure::conditional_odds_ratio:
            return "conditional odds ratio";
        case design::Measure::mean_difference:
            return "difference of means";
    }
    return "effect";
}

std::string element(std::string_view path, std::size_t i) {
    return fmt::format("{}[{}]", path, i);
}

const Array* list_of(std::string_view path, const Settings& settings, Faults& faults) {
    const Value* value = settings.constant(path);
    if (value == nullptr) return nullptr;
    const auto* list = value->as<Array>();
    const KeyRow& row = *find_key(path);
    if (list == nullptr) {
        faults.add_for(path, value->place,
                       fmt::format("{} = {}: {}, not {}. {}", path, shown(*value), row.rule,
                                   type_of(*value), row.remedy));
    } else if (list->empty() && row.kind != Kind::pairs) {
        faults.add_for(path, value->place,
                       fmt::format("{} = []: at least one method is needed. Leave the key out for "
                                   "the whole catalogue.",
                                   path));
        return nullptr;
    }
    return list;
}

void add_repeated(const std::string& label, const std::string& text, const Place& place,
                  Faults& faults) {
    faults.add(place, fmt::format("{} = \"{}\" is in the list already. Remove one of the two.",
                                  label, text));
}

}  // namespace rsasim::scenario
