#pragma once

#include "ordered_tables.hpp"

#include <deque>
#include <mutex>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

/// What an interval by inversion of unconditional score tests is made of.
struct InversionRule {
    design::Measure measure = design::Measure::odds_ratio;
    Tail tail = Tail::greater;  ///< `greater` for a lower limit of its own, or `two_sided`
    double alpha = 0.025;       ///< of that tail
};

/// Lower limits by inversion of the unconditional score test: the least effect whose test, ordered
/// by the score z at that effect, does not reject the table.
///
/// The effects that are not rejected need not be an interval, because the order of the tables
/// changes with the effect. The limit is the outermost change from rejection to acceptance on a
/// grid of effects (0.6 / sqrt(N) apart in log odds, 0.12 / sqrt(N) in the difference, about an
/// eighth of a standard error), refined to 1e-5 of a grid step; acceptances between two grid
/// points, or more than five grid points beyond the first rejection, would be missed. No effect is
/// never excluded where its own test accepts it.
///
/// What a grid effect rejects is one critical level for all tables, found when it is first asked
/// for and shared by all tables; refining is a search of each table's own. Safe to call from many
/// threads. Sources: Chan & Zhang 1999, doi:10.1111/j.0006-341X.1999.01202.x; Agresti & Min 2001,
/// doi:10.1111/j.0006-341X.2001.00963.x.
class ScoreInversion {
  public:
    ScoreInversion(const design::ArmSizes& sizes, const InversionRule& rule);

    /// The lower limit on the measure's own scale, looked for from `start` outwards or inwards; 0
    /// (odds ratio) or -1 (difference) where nothing is rejected. Not converged where the numbers
    /// leave the range of doubles.
    [[nodiscard]] math::Root lower_limit(const design::Table2x2& table, double start) const;

  private:
    /// What the tests at one effect of the grid say about all tables.
    struct GridPoint {
        std::once_flag is_found;
        std::vector<double> statistics;
        CriticalLevel level;
    };

    [[nodiscard]] std::int64_t last_index() const {
        return static_cast<std::int64_t>(points_.size()) / 2;
    }
    [[nodiscard]] double coordinate_of(double effect) const;
    [[nodiscard]] design::Effect effect_at(double coordinate) const;
    [[nodiscard]] const GridPoint& point_at(std::int64_t index) const;
    [[nodiscard]] bool is_rejected(std::int64_t index, std::size_t table) const;
    [[nodiscard]] std::int64_t first_accepted(std::int64_t start, std::size_t table) const;
    /// The change of decision between a rejected grid point and the next one.
    [[nodiscard]] math::Root change_above(std::int64_t rejected, std::size_t table) const;

    design::ArmSizes sizes_;
    InversionRule rule_;
    NullLine no_effect_line_;
    double step_;
    mutable std::deque<GridPoint> points_;
};

}  // namespace rsasim::analysis
