#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace rsasim::scenario {

/// No sweep has more cells, and no axis more values.
inline constexpr std::int64_t most_cells = 10'000'000;

/// A number as it was written: units times 10^exponent, exactly.
struct Decimal {
    std::int64_t units = 0;
    int exponent = 0;
};

/// The decimal that was written: the shortest one that reads as this double.
Decimal decimal_of(double finite);

/// The double nearest to the decimal.
double double_of(const Decimal& decimal);

/// The numbers from, from + step, ..., to, in exact decimal arithmetic, or what is wrong.
/// Sweeps downwards where the step is negative. 0.3 to 0.7 by 0.2 is 0.3, 0.5, 0.7.
std::variant<std::vector<Decimal>, std::string> decimal_range(const Decimal& from,
                                                              const Decimal& to,
                                                              const Decimal& step);

}  // namespace rsasim::scenario
