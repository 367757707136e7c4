#pragma once

#include "conditional_distribution.hpp"

#include <cstdint>
#include <vector>

#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

/// The distribution of a total of counts, one of each stratum, given all margins of all strata: a
/// view of the weights that StratifiedTables made. As ConditionalDistribution, with the common odds
/// ratio theta: weight(j + 1) / weight(j) = theta ratio(j), which falls in j.
class StratifiedDistribution {
  public:
    StratifiedDistribution(const double* ratios, std::int64_t highest)
        : ratios_(ratios), highest_(highest) {}

    [[nodiscard]] std::int64_t highest() const { return highest_; }
    [[nodiscard]] StratifiedDistribution reflected() const;
    [[nodiscard]] double ratio(std::int64_t count) const {
        return is_reflected_ ? 1 / ratios_[highest_ - 1 - count] : ratios_[count];
    }
    /// The sums over the counts above `count`.
    [[nodiscard]] SideSums above(std::int64_t count, double odds_ratio) const;

  private:
    const double* ratios_;
    std::int64_t highest_;
    bool is_reflected_ = false;
};

/// Strata, and the convolution of their weights (Gart 1970, doi:10.1093/biomet/57.3.471). Weights
/// are computed at an odds ratio near the data's, where the observed total is near the mode, so
/// that what underflows in the tails is below 1e-290 of the rest. Memory is kept from one set of
/// strata to the next.
class StratifiedTables {
  public:
    /// Room for strata of so many women in all.
    StratifiedTables(std::size_t strata, std::size_t women);

    void clear() { tables_.clear(); }
    /// Strata with an empty margin say nothing and are dropped.
    void add(const design::Table2x2& table);
    [[nodiscard]] bool is_empty() const { return tables_.empty(); }
    /// Multiplications that the convolution takes.
    [[nodiscard]] double cost() const;

    /// Where the search for an estimate may start: the log of the Mantel-Haenszel odds ratio with
    /// 1/2 added to both its sums.
    [[nodiscard]] double rough_log_odds_ratio() const;

    /// The observed total, counted from the lowest that has a weight.
    struct Observed {
        StratifiedDistribution distribution;
        std::int64_t count = 0;
    };
    /// Not empty. The view lasts until the next call.
    [[nodiscard]] Observed convolve();

  private:
    void set_stratum(const ConditionalDistribution& distribution, double odds_ratio);
    void multiply_by_stratum();

    std::vector<design::Table2x2> tables_;
    std::vector<double> weights_, stratum_, product_, ratios_;
};

}  // namespace rsasim::analysis
