#pragma once

#include "quantile_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/design/covariate.hpp>
#include <rsasim/design/trial_batch.hpp>

/// Arithmetic on columns: 8 numbers a row, one of each trial. Vector instructions are chosen when
/// the program runs; products and sums are never fused, so that all choices give the same bits.
namespace rsasim::replicate {

/// A word of 8 trials in each row: row r at first + r * stride.
struct WordRows {
    const std::uint32_t* first = nullptr;
    std::size_t stride = design::lanes;
};

/// Cells of equal width that words, and scores within 7 of 0, fall into: 1,024 of either.
inline std::size_t cell_of(std::uint32_t word) {
    return word >> 22;
}
inline std::size_t cell_of(double score) {
    const double cell = (score + 7) * (1024.0 / 14);
    return cell < 0 ? 0 : cell < 1023 ? static_cast<std::size_t>(cell) : 1023;
}

/// A whole number that rises by jumps[k] where a word (or a score) is above limits[k].
template <class Limit>
struct Steps {
    double lowest = 0;
    double shift = 0;           ///< added at the end
    std::vector<Limit> limits;  ///< ascending
    std::vector<double> jumps;
    /// Where the limits are many: the numbers after 0, 1, ... limits, and for each cell a number of
    /// limits that lie below all its members.
    std::vector<double> numbers;
    std::vector<std::size_t> guide;

    [[nodiscard]] double operator()(Limit x) const {
        std::size_t k = guide[cell_of(x)];
        while (k < limits.size() && x > limits[k])
            ++k;
        return numbers[k] + shift;
    }
};
using WordSteps = Steps<std::uint32_t>;
using ScoreSteps = Steps<double>;

/// out = the table's number of the word.
void look_up(const QuantileTable& table, const WordRows& words, std::span<double> out);
/// out = the number of the steps.
void step_by_word(const WordSteps& steps, const WordRows& words, std::span<double> out);
void step_by_score(const ScoreSteps& steps, const double* scores, std::span<double> out);
/// out = the map's number of the score.
void map_scores(const ScoreMap& map, const double* scores, std::span<double> out);

/// out = value, out = offset + slope * x, and sum += slope * x.
void set_all(double value, std::span<double> out);
void set_line(double offset, double slope, const double* x, std::span<double> out);
void add_product(double slope, const double* x, std::span<double> sum);
/// sum += amount where the comparison of x with the threshold holds; not for Comparison::none.
void add_where(const design::Feature& comparison, double amount, const double* x,
               std::span<double> sum);
/// out = feature.of(x)
void set_feature(const design::Feature& feature, const double* x, std::span<double> out);
/// out = factor.level_of(x)
void set_levels(const design::Factor& factor, const double* x, std::span<double> out);
/// both = 1 where both are above 0, else 0
void set_both(const double* x, std::span<double> both);
/// out = a where choice is 1, b where it is 0 (both finite or infinite, none NaN).
void choose(const double* choice, double a, double b, std::span<double> out);
/// out = x where the choice is 1; elsewhere it stays.
void choose_from(const double* choice, const double* x, std::span<double> out);
/// out = 1 - |x - y|: whether two indicators agree.
void set_agreement(const double* x, const double* y, std::span<double> out);

/// Chances with log odds eta: out = 1 where the event of the word comes up, else 0.
void draw_events(const double* eta, const WordRows& words, std::span<double> out);

/// What a stage needs beside the log odds without treatment.
struct StageColumns {
    const double* eta = nullptr;
    const double* takes = nullptr;  ///< 1 where the woman takes the treatment
    const double* gain = nullptr;   ///< log odds ratio of each woman; null: `treatment` for all
    double treatment = 0;
};
/// passed += 1 where it equals `stage` and the stage's event comes up.
void pass_stage(double stage, const StageColumns& columns, const WordRows& words,
                std::span<double> passed);

}  // namespace rsasim::replicate
