#include <cmath>
#include <string>

#include <fmt/format.h>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {
namespace {

/// "100,000,000", "0.999999".
std::string number_words(double number) {
    constexpr double largest_int64 = 9223372036854775807.0;
    if (std::trunc(number) != number) return fmt::format("{}", number);
    const double size = std::abs(number);
    const auto whole = size >= largest_int64 ? std::numeric_limits<std::int64_t>::max()
                                             : static_cast<std::int64_t>(size);
    return fmt::format("{}{}", number < 0 ? "-" : "", fmt::group_digits(whole));
}

/// "from 1 to 2", "above 0", "between -1 and 1, without the ends"; empty where all are allowed.
std::string words_of(const Range& range) {
    const bool has_lowest = range.lowest > -std::numeric_limits<double>::infinity();
    const bool has_highest = range.highest < std::numeric_limits<double>::infinity();
    const bool is_open = range.ends == Ends::open;
    if (!has_lowest && !has_highest) return {};
    if (!has_highest)
        return fmt::format(" {} {}", is_open ? "above" : "from", number_words(range.lowest));
    const auto lowest = number_words(range.lowest), highest = number_words(range.highest);
    return is_open ? fmt::format(" between {} and {}, without the ends", lowest, highest)
                   : fmt::format(" from {} to {}", lowest, highest);
}

std::string words_of_choice(const KeyRow& row) {
    std::string text;
    for (std::size_t i = 0; i < row.words.size(); ++i) {
        const char* separator = i == 0 ? "" : i + 1 < row.words.size() ? ", " : " or ";
        text += fmt::format("{}\"{}\"", separator, row.words[i]);
    }
    return text;
}

}  // namespace

std::string type_words(const KeyRow& row) {
    switch (row.kind) {
        case Kind::text:
            return "text";
        case Kind::choice:
            return words_of_choice(row);
        case Kind::truth:
            return "true or false";
        case Kind::whole:
            return fmt::format("{}{}", "a whole number", words_of(row.range));
        case Kind::number:
            return fmt::format("{}{}", "a number", words_of(row.range));
        case Kind::arms:
            return fmt::format("{}{}", "a table { treated, control } of whole numbers",
                               words_of(row.range));
        case Kind::ratio:
            return fmt::format("{}{}", "a list [treated, control] of whole numbers",
                               words_of(row.range));
        case Kind::tests:
            return "a list of tests";
        case Kind::intervals:
            return "a list of intervals";
        case Kind::pairs:
            return "a list of [test, interval]";
        case Kind::numbers:
            return fmt::format("{}{}", "a list of numbers", words_of(row.range));
        case Kind::wholes:
            return fmt::format("{}{}", "a list of whole numbers", words_of(row.range));
        case Kind::texts:
            return row.words.empty() ? "a list of texts"
                                     : fmt::format("a list of {}", words_of_choice(row));
        case Kind::sets:
            return "a list of sets, each a text or a list of texts";
    }
    return {};
}

}  // namespace rsasim::scenario
