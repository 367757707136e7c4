#pragma once

#include <vector>

#include <rsasim/analysis/null_line.hpp>

namespace rsasim::analysis {

/// The least and greatest number of treated events given s events in all.
struct CountRange {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
};
CountRange treated_events(const design::ArmSizes& sizes, std::int64_t events);

/// The probability of every table of the grid given its total of events, at an odds ratio: Fisher's
/// noncentral hypergeometric, g(x | s) = h(x | s) theta^x / sum. By the ratio recurrence from a
/// count near the mode of each s, so that the relative error stays below 4 N roundings;
/// probabilities below the smallest double are 0.
std::vector<double> conditional_weights(const TableGrid& grid, double odds_ratio = 1);

/// The same, and log sum_x h(x | s) theta^(x - s n1/N) for s = 0, ..., N: never negative, 0 at both
/// ends.
struct TiltedWeights {
    std::vector<double> weights;
    std::vector<double> log_totals;
};
TiltedWeights tilted_weights(const TableGrid& grid, double odds_ratio);

}  // namespace rsasim::analysis
