#pragma once

#include <compare>
#include <cstdint>

namespace rsasim::design {

/// One arm of a trial as counts: how many women had the event, out of how many.
struct ArmCounts {
    std::int64_t events = 0;
    std::int64_t n = 0;

    [[nodiscard]] std::int64_t non_events() const { return n - events; }
    [[nodiscard]] double rate() const {
        return static_cast<double>(events) / static_cast<double>(n);
    }
    auto operator<=>(const ArmCounts&) const = default;
};

/// The 2x2 table of a trial. 0 <= events <= n and n >= 1 in each arm.
struct Table2x2 {
    ArmCounts treated;
    ArmCounts control;

    [[nodiscard]] std::int64_t total() const { return treated.n + control.n; }
    [[nodiscard]] std::int64_t events() const { return treated.events + control.events; }
    [[nodiscard]] std::int64_t non_events() const { return total() - events(); }
    [[nodiscard]] bool has_zero_cell() const {
        return treated.events == 0 || control.events == 0 || treated.non_events() == 0 ||
               control.non_events() == 0;
    }
    /// No event or nothing but events: the table says nothing about the odds ratio.
    [[nodiscard]] bool has_empty_margin() const { return events() == 0 || non_events() == 0; }
    auto operator<=>(const Table2x2&) const = default;
};

inline Table2x2 with_arms_swapped(const Table2x2& table) {
    return {table.control, table.treated};
}

inline Table2x2 with_outcomes_swapped(const Table2x2& table) {
    return {{table.treated.non_events(), table.treated.n},
            {table.control.non_events(), table.control.n}};
}

/// Sign of the observed rate difference, treated minus control, in exact integers: -1, 0 or 1.
/// Arms of up to 10^8 women keep the products far from overflow.
inline int side_of(const Table2x2& table) {
    const std::int64_t left = table.treated.events * table.control.n;
    const std::int64_t right = table.control.events * table.treated.n;
    return left > right ? 1 : (left < right ? -1 : 0);
}

}  // namespace rsasim::design
