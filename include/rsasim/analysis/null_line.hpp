#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/math/bernstein.hpp>

namespace rsasim::analysis {

/// All tables of two arm sizes, numbered x1 (n0 + 1) + x0.
class TableGrid {
  public:
    explicit TableGrid(const design::ArmSizes& sizes) : sizes_(sizes) {}

    [[nodiscard]] const design::ArmSizes& sizes() const { return sizes_; }
    /// (n1 + 1)(n0 + 1).
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(sizes_.treated + 1) * row_length();
    }
    [[nodiscard]] std::size_t row_length() const {
        return static_cast<std::size_t>(sizes_.control + 1);
    }
    [[nodiscard]] std::size_t index_of(const design::Table2x2& table) const {
        return static_cast<std::size_t>(table.treated.events) * row_length() +
               static_cast<std::size_t>(table.control.events);
    }
    [[nodiscard]] design::Table2x2 table(std::size_t index) const {
        return {{static_cast<std::int64_t>(index / row_length()), sizes_.treated},
                {static_cast<std::int64_t>(index % row_length()), sizes_.control}};
    }

  private:
    design::ArmSizes sizes_;
};

/// A set of tables: 1 for each table of the grid that belongs to it, 0 for the others.
using Region = std::vector<double>;

/// The line of all pairs of rates (p1, p0) with one effect, and on it the probability of a region
/// as a function of the position u in [0, 1], in Bernstein form of degree N.
///
/// Odds ratio theta: with p0 / (1 - p0) = u / ((1 - u) theta^(n1/N)) the probability is a ratio of
/// Bernstein forms with the coefficients
///
///     a_s = sum over the region of h(x | s) theta^(x - s n1/N),   d_s = the sum over all x,
///
/// h(x | s) the hypergeometric probability of x given s events in all; d_s >= 1 and d_0 = d_N = 1.
/// Risk difference and risk ratio: p1 and p0 are straight in u, so the probability is a polynomial.
/// The region's indicator is the tensor Bernstein form of its probability on the unit square; it is
/// restricted to the rectangle that the line crosses from corner to corner (a binomial smoothing of
/// each index), and its coefficients on the diagonal are means over h(x | s).
///
/// Every coefficient is a sum of non-negative terms with a relative error below relative_error().
/// Cost of a region: the number of tables, times n1 + n0 for other nulls than an odds ratio.
/// Tested against direct sums of binomial probabilities.
class NullLine {
  public:
    /// Throws std::invalid_argument where no pair of rates has the effect, or where the totals of
    /// an odds ratio leave the range of doubles (a thousand women and a ratio of 100).
    NullLine(const design::ArmSizes& sizes, const design::Effect& null);

    /// The line of another effect for the same arms, at less cost.
    [[nodiscard]] NullLine moved_to(const design::Effect& null) const;

    [[nodiscard]] const TableGrid& grid() const { return grid_; }
    [[nodiscard]] const design::Effect& null() const { return null_; }

    /// P(region) along the line.
    [[nodiscard]] math::BernsteinRatio probability_of(const Region& region) const;

    /// A region that grows table by table. At an odds ratio a table costs one addition.
    class GrowingRegion {
      public:
        explicit GrowingRegion(const NullLine& line);
        /// A table that is not yet in the region.
        void add(std::size_t table);
        [[nodiscard]] math::BernsteinRatio probability() const;

      private:
        const NullLine* line_;
        Region region_;                  // of a straight line
        std::vector<double> numerator_;  // of an odds ratio
    };

    [[nodiscard]] double control_rate(double position) const;
    /// The inverse of control_rate, cut to [0, 1].
    [[nodiscard]] double position(double control_rate) const;
    /// Both rates at a position.
    [[nodiscard]] design::Rates rates(double position) const;
    [[nodiscard]] double relative_error() const;

  private:
    /// True where the coefficients of a region are sums over its tables.
    [[nodiscard]] bool is_whole() const {
        return null_.measure == design::Measure::odds_ratio || null_.is_no_effect();
    }
    [[nodiscard]] std::size_t events_of(std::size_t table) const {
        return table / grid_.row_length() + table % grid_.row_length();
    }
    [[nodiscard]] Region restricted(const Region& region) const;
    [[nodiscard]] std::vector<double> diagonal(const Region& values) const;
    void take(const design::Effect& null);
    void take_odds_ratio(double odds_ratio);

    TableGrid grid_;
    design::Effect null_;
    design::Rates first_, last_;                          // the ends of a straight line
    double odds_scale_ = 1;                               // theta^(n1/N)
    std::shared_ptr<const std::vector<double>> central_;  // of every table on its diagonal
    std::shared_ptr<const std::vector<double>> weights_;  // the same at the null
    std::vector<double> denominator_;                     // empty for a polynomial
};

}  // namespace rsasim::analysis
