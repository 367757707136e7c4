#pragma once

#include "count_window.hpp"

#include <optional>
#include <vector>

#include <rsasim/planning/test_power.hpp>

namespace rsasim::planning {

/// The edge of what a part of a rule rejects in a row of tables (one number of control events):
/// treated counts from the edge on, upwards or downwards, are rejected.
class RejectionEdge {
  public:
    enum class Towards : std::int64_t { more_events = 1, fewer_events = -1 };

    RejectionEdge(const TestRule::Part& part, const design::ArmSizes& sizes,
                  const CountWindow& treated, Towards towards)
        : part_(&part),
          sizes_(sizes),
          treated_(treated),
          step_(static_cast<std::int64_t>(towards)) {}

    /// The count of a row whose effect is the null's: the same for both edges of a part.
    struct AtNull {
        std::int64_t count = 0;
        bool is_rejected = false;  ///< in the window, and rejected
    };
    [[nodiscard]] AtNull at_null(std::int64_t control) const;
    /// Moves to a row. Without an edge yet it is sought by bisection, from the count whose effect
    /// is the null's; otherwise from where it was. False where a count asked contradicts an edge.
    bool move_to(std::int64_t control, const AtNull& null);
    /// The first count that is rejected; one beyond the window where none is.
    [[nodiscard]] std::int64_t edge() const { return *edge_; }
    [[nodiscard]] Towards towards() const { return static_cast<Towards>(step_); }

  private:
    [[nodiscard]] bool rejects(std::int64_t treated, std::int64_t control) const;
    [[nodiscard]] bool is_inside(std::int64_t count) const {
        return treated_.first <= count && count <= treated_.last;
    }
    [[nodiscard]] std::int64_t count_at_null(std::int64_t control) const;
    [[nodiscard]] std::int64_t sought(std::int64_t at_null, std::int64_t control) const;
    [[nodiscard]] bool is_confirmed(std::int64_t at_null, std::int64_t control) const;

    const TestRule::Part* part_;
    design::ArmSizes sizes_;
    CountWindow treated_;
    std::int64_t step_;
    std::optional<std::int64_t> edge_;
};

/// What a rule rejects, row by row. Each part of it is taken to accept, for a number of control
/// events, the treated counts between two edges, which are followed from one row to the next. Asked
/// are the counts on both sides of an edge, one more rejected and one more accepted, and the
/// outermost; where one of them contradicts the edges, every count of the row is asked, and in
/// trials of at most `always_whole` women in an arm, or with an alpha of 1/2 or more, always.
class RejectionRows {
  public:
    static constexpr std::int64_t always_whole = 40;

    /// Treated counts outside the window are not looked at.
    RejectionRows(const TestRule& rule, const design::ArmSizes& sizes, const CountWindow& treated);

    /// The runs of treated counts that are rejected, in ascending order; a row next to the last one
    /// is cheapest.
    const std::vector<CountWindow>& at(std::int64_t control);

  private:
    bool follow(std::int64_t control);
    void ask_all(std::int64_t control);

    const TestRule* rule_;
    design::ArmSizes sizes_;
    CountWindow treated_;
    bool is_always_whole_;
    std::vector<RejectionEdge> edges_;
    std::vector<CountWindow> runs_;
};

}  // namespace rsasim::planning
