#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include <rsasim/analysis/null_line.hpp>

namespace rsasim::analysis {

/// Relative slack within which two statistics count as tied. Mirrored tables have equal statistics
/// that rounding pulls apart by some 1e-15.
inline constexpr double statistic_slack = 1e-9;

/// True where a statistic is at least as extreme as a reference: not smaller, ties included. Equal
/// infinities tie.
inline bool is_at_least(double statistic, double reference) {
    return statistic >= reference ||
           statistic >= reference - statistic_slack * (reference < 0 ? -reference : reference);
}

/// The statistic of a critical region {u : statistic(u) at least `statistic`}, infinite with
/// `p_value` = 0 where no table rejects, and the proved P-value of its least extreme table.
struct CriticalLevel {
    double statistic = std::numeric_limits<double>::infinity();
    double p_value = 0;
    bool is_empty = true;
};

/// The tables of a grid in the order of a statistic (larger is more extreme), and the unconditional
/// P-values that this order gives: the P of a table is the supremum over the null line of the
/// probability of all tables at least as extreme. Tails are nested, so P falls as the statistic
/// rises. Barnard 1947, doi:10.1093/biomet/34.1-2.123.
class OrderedTables {
  public:
    OrderedTables(std::shared_ptr<const NullLine> line, std::vector<double> statistics)
        : line_(std::move(line)), statistics_(std::move(statistics)) {}

    [[nodiscard]] const NullLine& line() const { return *line_; }
    [[nodiscard]] double statistic(const design::Table2x2& table) const {
        return statistics_[line_->grid().index_of(table)];
    }

    /// All tables at least as extreme as `statistic`.
    [[nodiscard]] Region tail(double statistic) const;

    /// The P-value that belongs to a statistic, over a part of the line.
    [[nodiscard]] math::SupremumBracket p_value(double statistic, const math::BracketGoal& goal,
                                                math::UnitRange range = {}) const;

    /// The largest region whose tables all have P <= alpha, P the proved upper end. Found by
    /// halving the set of candidates: about log2(tables) suprema, each only as sharp as it takes to
    /// see on which side of alpha it lies.
    [[nodiscard]] CriticalLevel critical_level(double alpha) const;

  private:
    std::shared_ptr<const NullLine> line_;
    std::vector<double> statistics_;
};

}  // namespace rsasim::analysis
