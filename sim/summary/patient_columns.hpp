#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/summary/patient_summary.hpp>
#include <rsasim/tally/fixed_point.hpp>

namespace rsasim::summary {

/// Means and standard deviations from the exact sums of n values.
class MomentFigures {
  public:
    MomentFigures(std::span<const std::int64_t> words, std::size_t place, std::int64_t n)
        : n_(static_cast<double>(n)), moments_(tally::moments_of(&words[place])) {}

    [[nodiscard]] double mean_value() const;
    /// With n - 1; NaN for a single value.
    [[nodiscard]] double variance() const;
    [[nodiscard]] Figure mean() const;
    [[nodiscard]] Figure standard_deviation() const;

  private:
    double n_;
    tally::Moments moments_;
};

/// What the words of a cell say about each method that is tallied as trials come.
class MethodFigures {
  public:
    explicit MethodFigures(const PatientState& state) : state_(state) {}

    /// `test`: the place among the rejections.
    [[nodiscard]] TestSummary test(std::size_t method, std::size_t test) const;
    [[nodiscard]] TestSummary decision(std::size_t test) const;
    [[nodiscard]] IntervalSummary interval(std::size_t method) const;
    [[nodiscard]] EstimatorSummary estimator(std::size_t method) const;
    /// Of a test and an interval of the table.
    [[nodiscard]] PairSummary pair(std::size_t pair) const;
    /// Of a method for women.
    [[nodiscard]] AnalysisSummary analysis(std::size_t method) const;

  private:
    [[nodiscard]] std::int64_t word(std::size_t place) const { return state_.words[place]; }
    [[nodiscard]] std::int64_t trials() const { return word(state_.layout->trials()); }
    [[nodiscard]] Figure width_quantile(std::size_t method, double share) const;

    const PatientState& state_;
};

}  // namespace rsasim::summary
