#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace rsasim::analysis {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// What a method could say about a table. Statistics without an answer is data, not an error.
///
/// | status          | tests                | intervals                      | estimates          |
/// | --------------- | -------------------- | ------------------------------ | ------------------ |
/// | `ok`            | P-values are there   | both limits are there          | a finite estimate  |
/// | `degenerate`    | no P-value           | both limits, uninformative or  | 0 or infinite on a |
/// |                 |                      | at the edge of the scale       | ratio scale        |
/// | `undefined`     | no P-value           | no limits                      | no estimate (0/0)  |
/// | `not_converged` | no P-value           | no limits                      | no estimate        |
/// | `too_large`     | no P-value           | no limits                      | no estimate        |
/// | `separated`     | no P-value           | no limits                      | no estimate        |
/// | `collinear`     | no P-value           | no limits                      | no estimate        |
/// | `not_defined`   | no P-value           | no limits                      | no estimate        |
///
/// The last three are of patient-level methods: the outcome is separated by the columns, so that no
/// maximum of the likelihood exists; a column is constant or follows from the others; the method
/// has no definition here (multiple imputation). A method that has an answer in spite of
/// separation (Firth's P-value) returns it with `ok`; a stratified odds ratio at an edge is
/// `degenerate` and may have a P-value.
enum class Status : std::uint8_t {
    ok,
    degenerate,
    undefined,
    not_converged,
    too_large,
    separated,
    collinear,
    not_defined,
};

inline constexpr std::size_t statuses = 8;

/// The name used in JSON and in the results file: "ok", "degenerate", ...
std::string_view name_of(Status status);

/// An interval of the effect on its own scale (odds ratios as odds ratios). Limits may be infinite.
struct Interval {
    double lower = not_a_number;
    double upper = not_a_number;
};

/// Which of a test's P-values is looked at: `greater` is against "the treated arm has the higher
/// rate", or an effect above the null.
enum class Tail : std::uint8_t { two_sided, greater, less };

/// P-values in [0, 1]; NaN where the method has none.
struct PValues {
    double two_sided = not_a_number;
    double greater = not_a_number;
    double less = not_a_number;

    [[nodiscard]] double of(Tail tail) const {
        return tail == Tail::two_sided ? two_sided : (tail == Tail::greater ? greater : less);
    }
};

/// What a method returns. A method fills what it has and leaves the rest NaN.
struct Finding {
    Status status = Status::undefined;
    double statistic = not_a_number;       ///< as the method's title says: chi-square, z, ...
    double estimate = not_a_number;        ///< on the measure's own scale
    double standard_error = not_a_number;  ///< on the log scale for ratios
    Interval interval;
    PValues p_value;
};

}  // namespace rsasim::analysis
