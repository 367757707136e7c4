#pragma once

#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/null_line.hpp>

/// The statistics by which unconditional tests order the tables of a grid: one value per table,
/// larger is more extreme in the direction of the tail.
namespace rsasim::analysis {

/// 1 / P of the conditional exact test: minlike for two sides (probabilities within 1e-7 relative
/// tie), one-sided otherwise. Infinite where P is below the smallest double.
std::vector<double> fisher_statistics(const TableGrid& grid, Tail tail);

/// The pooled z; its size for two sides. 0 where the pooled variance is 0.
std::vector<double> pooled_z_statistics(const TableGrid& grid, Tail tail);

/// The unpooled z; infinite where both variances are 0 and the rates differ, 0 where they agree.
std::vector<double> unpooled_z_statistics(const TableGrid& grid, Tail tail);

/// The score z at a null on any scale (score_statistic.hpp).
std::vector<double> score_statistics(const TableGrid& grid, Tail tail, const design::Effect& null);

/// The signed root of G squared; its size for two sides.
std::vector<double> likelihood_ratio_statistics(const TableGrid& grid, Tail tail);

}  // namespace rsasim::analysis
