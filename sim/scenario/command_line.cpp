#include "command_line.hpp"

#include "flag_text.hpp"
#include "sweep_values.hpp"
#include "text_checks.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

/// A key that the command line gives, with its text.
struct Request {
    const KeyRow* row = nullptr;
    std::string_view text;
    Place place;
};

/// A key of an entry that nobody named: "covariate.ags.mean".
bool is_of_unknown_entry(std::string_view path) {
    const auto dot = path.find('.');
    return dot != std::string_view::npos && is_entry_table(path.substr(0, dot));
}

void add_unknown_set_key(std::string_view path, const Value& value, const Vocabulary& vocabulary,
                         Faults& faults) {
    const Place& place = value.place;
    if (path == "sweep" || path.starts_with("sweep.")) {
        faults.add(place, fmt::format("{} is not a key to set. Name the swept key itself, as in "
                                      "--set arms.total=100:300:10.",
                                      shortened(path)));
    } else if (is_of_unknown_entry(path) &&
               vocabulary.entries(path.substr(0, path.find('.'))).empty()) {
        const auto table = path.substr(0, path.find('.'));
        faults.add(place, fmt::format("{}: the scenario has no [[{}]]. Add it to the file.",
                                      shortened(path), table));
    } else {
        add_unknown_key(std::string(path), place, value, vocabulary, faults);
    }
}

/// "odds_ratio=0.8" as analysis.null.odds_ratio, and "risk_difference=-0.1:0.1" as the two keys of
/// analysis.equivalence. Nothing where the text is neither.
std::vector<Request> requests_of_margin(std::string_view flag, std::string_view text,
                                        const Place& place) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return {};
    const std::string_view measure = trimmed(text.substr(0, equals));
    const std::string_view value = text.substr(equals + 1);
    const auto row = [&](std::string_view table, std::string_view bound) {
        return find_key(fmt::format("analysis.{}.{}{}", table, measure, bound));
    };
    if (flag == null_flag) {
        const KeyRow* const null = row("null", "");
        return null == nullptr ? std::vector<Request>{} : std::vector{Request{null, value, place}};
    }
    const auto colon = value.find(':');
    const KeyRow *lower = row("equivalence", ".lower"), *upper = row("equivalence", ".upper");
    if (lower == nullptr || upper == nullptr || colon == std::string_view::npos) return {};
    return {{lower, value.substr(0, colon), place}, {upper, value.substr(colon + 1), place}};
}

void add_bad_margin(const FlagSetting& setting, const Place& place, Faults& faults) {
    faults.add(place,
               fmt::format("{}: a measure and {} are needed. Write {} for one of odds_ratio, "
                           "risk_difference and risk_ratio.",
                           quoted(shortened(setting.value)),
                           setting.flag == null_flag ? "its null" : "its two margins",
                           setting.flag == null_flag ? "--null odds_ratio=0.8"
                                                     : "--equivalence risk_difference=-0.1:0.1"));
}

/// The end of the key in "key=value": the first = after which the text before it is a key, as keys
/// of features hold a = themselves ("stage.conception.effects.race = B=0.1"); else the first.
std::size_t end_of_key(std::string_view text, Vocabulary& vocabulary) {
    const auto first = text.find('=');
    if (feature_in(text.substr(0, first)).empty()) return first;
    const auto last = text.substr(0, text.find_first_of("{[")).rfind('=');
    return vocabulary.find_or_add(trimmed(text.substr(0, last))) != nullptr ? last : first;
}

std::optional<Request> request_of(const FlagSetting& setting, const Place& place,
                                  Vocabulary& vocabulary, Faults& faults) {
    if (setting.flag != "--set") {
        const KeyRow* row = find_flag(setting.flag);
        if (row == nullptr) {
            faults.add(place, "this flag gives no key of a scenario. See --help.");
            return std::nullopt;
        }
        return Request{row, setting.value, place};
    }
    const std::string_view text = setting.value;
    const auto equals = end_of_key(text, vocabulary);
    if (equals == std::string_view::npos) {
        faults.add(place, fmt::format("\"{}\": a key and a value are needed. Write --set "
                                      "arms.total=150.",
                                      shortened(text)));
        return std::nullopt;
    }
    const std::string_view path = trimmed(text.substr(0, equals));
    const KeyRow* row = vocabulary.find_or_add(path);
    if (row == nullptr) {
        add_unknown_set_key(path, {place, std::string(text.substr(equals + 1))}, vocabulary,
                            faults);
        return std::nullopt;
    }
    return Request{row, text.substr(equals + 1), place};
}

void add_single(const KeyRow& row, const Value& value, Layer& layer, Faults& faults) {
    if (is_sweep(row, value)) {
        if (auto axis = stepped_axis(row, value.place, value, faults)) {
            layer.axes.push_back(*std::move(axis));
        }
    } else if (row.kind == Kind::arms) {
        std::ranges::move(arm_constants(value, faults), std::back_inserter(layer.constants));
    } else {
        layer.constants.push_back({&row, value});
    }
}

/// --n 75,74 --n 80,79: one list.
void add_repeated(const KeyRow& row, Array values, Layer& layer, Faults& faults) {
    const Place place = values.front().place;
    if (auto axis = stepped_axis(row, place, {place, std::move(values)}, faults)) {
        layer.axes.push_back(*std::move(axis));
    }
}

/// A shell takes these characters as they are.
bool is_plain(std::string_view word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:=/+";
    return !word.empty() && word.find_first_not_of(plain) == std::string_view::npos;
}

std::string shell_word(std::string_view word) {
    if (is_plain(word)) return std::string(word);
    std::string result = "'";
    for (const char c : word) {
        if (c == '\'') {
            result += R"('\'')";
        } else {
            result += c;
        }
    }
    return result + "'";
}

}  // namespace

Layer read_command_line(std::span<const FlagSetting> settings, Vocabulary& vocabulary,
                        Faults& faults) {
    std::vector<Request> requests;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const auto& typed = settings[i].typed;
        const Place place{0, 0, typed.empty() ? settings[i].flag : typed, static_cast<int>(i)};
        if (!is_utf8(settings[i].value)) {
            faults.add(place, "the value is not UTF-8. Check the terminal's encoding.");
        } else if (settings[i].flag == null_flag || settings[i].flag == equivalence_flag) {
            const auto margin = requests_of_margin(settings[i].flag, settings[i].value, place);
            if (margin.empty()) add_bad_margin(settings[i], place, faults);
            requests.insert(requests.end(), margin.begin(), margin.end());
        } else if (const auto request = request_of(settings[i], place, vocabulary, faults)) {
            requests.push_back(*request);
        }
    }
    Layer layer;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const KeyRow& row = *requests[i].row;
        const auto is_same = [&row](const Request& other) {
            return other.row == &row && other.place.flag == row.flag;
        };
        Array values;
        if (row.given == Given::repeatedly && requests[i].place.flag == row.flag) {
            const auto here = requests.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::any_of(requests.begin(), here, is_same)) continue;
            for (const Request& request : requests) {
                if (!is_same(request)) continue;
                values.push_back(value_from_text(row, request.text, request.place));
            }
        }
        if (values.size() > 1) {
            add_repeated(row, std::move(values), layer, faults);
        } else {
            add_single(row, value_from_text(row, requests[i].text, requests[i].place), layer,
                       faults);
        }
    }
    return layer;
}

std::string as_command_line(std::span<const FlagSetting> settings) {
    std::string text;
    for (const FlagSetting& setting : settings) {
        text += fmt::format("{}{} {}", text.empty() ? "" : " ", setting.flag,
                            shell_word(setting.value));
    }
    return text;
}

}  // namespace rsasim::scenario
