#pragma once

#include <array>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/design/table.hpp>

/// What the tests of the conditional intervals share.
namespace conditional {

/// Levels at which P-values of small tables equal alpha as fractions are among them.
inline constexpr std::array alphas{0.01, 0.025, 0.05, 0.1, 0.2, 1.0 / 3};

inline bool covers_one(const rsasim::analysis::Interval& limits) {
    return rsasim::analysis::position_of(limits, 1) == rsasim::analysis::Position::covers;
}

/// Counts the tables whose interval fails, so that a broken method prints one line and not
/// thousands.
struct IntervalFailures {
    int count = 0;
    std::string first;
    void add(const rsasim::design::Table2x2& table, const rsasim::analysis::Interval& limits,
             double alpha) {
        if (count++ > 0) return;
        first = std::to_string(table.treated.events) + "/" + std::to_string(table.treated.n) +
                " v " + std::to_string(table.control.events) + "/" +
                std::to_string(table.control.n) + " at " + std::to_string(alpha) + ": " +
                std::to_string(limits.lower) + ", " + std::to_string(limits.upper);
    }
    void require_none() const {
        INFO(count << " tables, first " << first);
        REQUIRE(count == 0);
    }
};

}  // namespace conditional
