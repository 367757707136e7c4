#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rsasim::scenario {

/// Where something was given: a line of the file, a flag, or neither (a default).
struct Place {
    int line = 0;      ///< from 1; 0 outside the file
    int column = 0;    ///< from 1; 0 outside the file
    std::string flag;  ///< "--odds-ratio"; empty inside the file
    int order = 0;     ///< among the flags of the command line

    [[nodiscard]] bool is_in_file() const { return line > 0; }
};

struct Value;
struct Entry;
using Array = std::vector<Value>;
using Table = std::vector<Entry>;  ///< in the order of the source
struct DateOrTime {};              ///< TOML has them, no key takes one

/// A value as given, with its place.
struct Value {
    Place place;
    std::variant<bool, std::int64_t, double, std::string, Array, Table, DateOrTime> data;

    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&data);
    }
};

/// One `key = value` of a table.
struct Entry {
    std::string key;
    Place place;
    Value value;
};

/// The value as TOML on one line. A number that is a double always reads back as one.
std::string to_toml(const Value& value);

/// `text` as a TOML basic string, with its quotes.
std::string quoted(std::string_view text);

/// A double as TOML: the shortest decimal that reads back as the same double, as in 1.0 or 1e-07.
std::string number_text(double number);

/// The value as a message shows it: as TOML, cut where it is long.
std::string shown(const Value& value);

/// `text` cut after `most` bytes, never within a character; "..." marks the cut.
std::string shortened(std::string_view text, std::size_t most = 60);

/// "a string", "a whole number", ...: for "not a string".
std::string_view type_of(const Value& value);

}  // namespace rsasim::scenario
