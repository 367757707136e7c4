#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace rsasim::scenario {

/// What a key takes.
enum class Kind {
    text,       ///< one line of text
    choice,     ///< one of the row's words
    truth,      ///< true or false
    whole,      ///< a whole number; 75.0 and 1e6 are whole
    number,     ///< a finite number
    arms,       ///< a table of two whole numbers, treated and control
    ratio,      ///< a list of two whole numbers, treated and control
    tests,      ///< a list of tests
    intervals,  ///< a list of intervals
    pairs,      ///< a list of [test, interval]
    numbers,    ///< a list of finite numbers
    wholes,     ///< a list of whole numbers
    texts,      ///< a list of strings
    sets,       ///< a list of strings, or of lists of strings
};

enum class Ends { closed, open };

struct Range {
    double lowest = -std::numeric_limits<double>::infinity();
    double highest = std::numeric_limits<double>::infinity();
    Ends ends = Ends::closed;

    [[nodiscard]] bool contains(double value) const {
        return ends == Ends::closed ? value >= lowest && value <= highest
                                    : value > lowest && value < highest;
    }
};

/// What simulation.precision may be: the smallest takes 2.5 x 10^13 replicates.
inline constexpr double smallest_precision = 1e-7, largest_precision = 0.25;

enum class Sweep { never, allowed };
enum class Given { once, repeatedly };

/// What a text of a list has to be, as far as the text itself shows it.
enum class Form {
    any,
    condition,          ///< has one of >= <= > < =
    word_or_condition,  ///< one of the row's words, or a condition
};

/// Whether a list may have equal elements.
enum class Repeats { allowed, refused };

/// Whether a key describes a trial of counts, the analyses of single women, or the women: a
/// scenario with any of the last is of the patient level.
enum class Level { counts, patient_analysis, patients };

/// Keys that answer one question. Within a question, keys of different `way` exclude each other.
enum class Question { none, sizes, effect, null, effect_prior };

/// One row: all that is known about a key by itself. Reading, checking, the flags, suggestions, the
/// JSON Schema and the manual derive from it.
struct KeyRow {
    std::string_view path{};  ///< "arms.control_rate"
    Kind kind = Kind::text;
    Range range{};
    std::span<const std::string_view> words{};  ///< of a choice, or of the texts of a list
    Form form = Form::any;                      ///< of the texts of a list
    std::size_t fewest = 1;                     ///< elements of a list
    std::size_t most = 0;                       ///< elements of a list; 0: any number
    Repeats repeats = Repeats::allowed;         ///< in a list
    Sweep sweep = Sweep::never;
    std::string_view default_text{};  ///< as on the command line; empty where there is none
    std::string_view margin_text{};   ///< the default where a margin is tested, if it is another
    Question question = Question::none;
    int way = 0;
    Level level = Level::counts;
    std::string_view axis_name{};   ///< where the last part of the path would not do
    std::string_view flag{};        ///< empty where only --set reaches the key
    std::string_view value_name{};  ///< of the flag
    Given given = Given::once;      ///< whether the flag may be repeated, which sweeps the key
    std::string_view meaning{};
    std::string_view rule{};    ///< a sentence without its point, in lower case
    std::string_view remedy{};  ///< a sentence with its point

    [[nodiscard]] bool is_numeric() const { return kind == Kind::whole || kind == Kind::number; }
    [[nodiscard]] bool is_list() const {
        return kind == Kind::tests || kind == Kind::intervals || kind == Kind::pairs;
    }
    /// "total" of "arms.total"; the name of the key's axis.
    [[nodiscard]] std::string_view last_part() const { return path.substr(path.rfind('.') + 1); }
};

/// What the key takes, in words: "a number from 0 to 1".
std::string type_words(const KeyRow& row);

/// The flags that name a measure and stand for several keys each.
inline constexpr std::string_view null_flag = "--null";
inline constexpr std::string_view equivalence_flag = "--equivalence";

/// The keys of every scenario, in the order of a resolved one; those of the patient level are in
/// patient_keys.hpp.
std::span<const KeyRow> keys();

/// The row of a path among them, or a null pointer.
const KeyRow* find_key(std::string_view path);

/// The row of a flag, or a null pointer.
const KeyRow* find_flag(std::string_view flag);

}  // namespace rsasim::scenario
