#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rsasim::planning {

/// What a printed figure says of the number behind it: "0.03", "<0.001" (or "≤"), ">0.5" (or "≥").
enum class Relation : std::uint8_t { rounded, below, above };

/// A figure as it was printed, with its digits: 2.30 is 230 at two decimals and differs from 2.3.
struct PrintedNumber {
    std::string text;  ///< as given
    Relation relation = Relation::rounded;
    std::int64_t digits = 0;  ///< the figure without its decimal point, with its sign
    int decimals = 0;
    bool is_percent = false;
    bool is_infinite = false;  ///< "inf": an upper limit that does not exist

    /// The figure as a share: 16.5% is 0.165.
    [[nodiscard]] double value() const;
};

/// Reads "0.03", ".03", "<0.001", "= 0.03", "-0.05", "16.5%", "2·30", "inf"; nothing where the text
/// is none of that, has more than 15 digits, or compares with infinity.
std::optional<PrintedNumber> read_printed_number(std::string_view text);

/// Which way of rounding halves gives a printed figure. They differ only where the number lies half
/// way between two figures, to within 1e-9 of the last digit.
enum class Agreement : std::uint8_t {
    none,       ///< neither
    always,     ///< both
    half_up,    ///< halves away from zero
    half_even,  ///< halves to the even digit
};

/// Whether the number is printed so. "<0.001" asks for a number below 0.001 and ">0.5" for one
/// above. NaN is never printed.
Agreement agreement_of(const PrintedNumber& printed, double value);

/// How far the number is from the printed figure, in units of its last digit; 0 where it agrees.
double digits_off(const PrintedNumber& printed, double value);

/// The number at the digits of the figure, halves away from zero: "4.80".
std::string printed_like(const PrintedNumber& printed, double value);

/// The number rounded to so many decimals, halves away from zero.
double rounded_to(double value, int decimals);

/// Two limits in one text.
struct PrintedInterval {
    PrintedNumber lower;
    PrintedNumber upper;

    [[nodiscard]] std::string text() const { return lower.text + " to " + upper.text; }
};

/// Reads "1.10,4.81", "1.10 to 4.81", "1.10–4.81", "1.10-4.81", "(1.10; 4.81)". Whether the limits
/// are in order is not looked at.
std::optional<PrintedInterval> read_printed_interval(std::string_view text);

}  // namespace rsasim::planning
