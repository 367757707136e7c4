#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/table_methods.hpp>

namespace rsasim::analysis {

/// The findings of every method of a plan for a list of tables: each distinct table is judged once,
/// however many trials gave it. Columns per method, rows per table. Tables with an empty arm have
/// no finding.
class Judgement {
  public:
    /// `tables` sorted and distinct. Nothing is judged yet. Prepares the methods for every size of
    /// the arms that the tables have.
    Judgement(std::shared_ptr<const design::AnalysisPlan> plan,
              std::vector<design::Table2x2> tables);

    /// Judges the rows [first, last). Disjoint ranges may be judged by different threads.
    void judge(std::size_t first, std::size_t last);

    [[nodiscard]] const design::AnalysisPlan& plan() const { return *plan_; }
    [[nodiscard]] const std::vector<design::Table2x2>& tables() const { return tables_; }
    /// The row of a table; throws std::out_of_range where it was not in the list.
    [[nodiscard]] std::size_t row_of(const design::Table2x2& table) const;

    /// A number on the same side of the plan's alpha as the P-value that decides under the plan
    /// (see Wanted::side_of_alpha), NaN where there is none. It decides and is nothing to show or
    /// to compare with another level: see deciding_p_values.
    [[nodiscard]] double side_of_alpha(std::size_t test, std::size_t row) const {
        return sides_of_alpha_[test][row];
    }
    [[nodiscard]] bool rejects(std::size_t test, std::size_t row) const {
        return analysis::rejects(sides_of_alpha_[test][row], plan_->alpha);
    }
    /// True where all tables have the same arm sizes.
    [[nodiscard]] bool has_one_size() const { return methods_.size() <= 1; }
    /// Whether the test rejects at any table of arm sizes that the list has, in the list or not.
    [[nodiscard]] bool rejects_at(std::size_t test, const design::Table2x2& table) const;
    [[nodiscard]] const Interval& interval(std::size_t interval, std::size_t row) const {
        return intervals_[interval][row];
    }
    [[nodiscard]] double estimate(std::size_t estimator, std::size_t row) const {
        return estimates_[estimator][row].value;
    }
    [[nodiscard]] double standard_error(std::size_t estimator, std::size_t row) const {
        return estimates_[estimator][row].standard_error;
    }
    /// Compares P with alpha and the interval with the null: at confidence 1 - alpha for two sides;
    /// at 1 - 2 alpha and the favourable limit for one side, or both margins for equivalence, where
    /// the test is central. Undefined for an interval on another scale than a margin's.
    [[nodiscard]] Agreement agreement(std::size_t pair, std::size_t row) const {
        return agreements_[pair][row];
    }

  private:
    std::shared_ptr<const design::AnalysisPlan> plan_;
    std::vector<design::Table2x2> tables_;
    std::vector<TableMethods> methods_;          ///< by sizes, ascending
    std::vector<std::uint32_t> methods_of_row_;  ///< `no_methods` where an arm is empty
    std::vector<std::vector<double>> sides_of_alpha_;
    std::vector<std::vector<Interval>> intervals_;
    std::vector<std::vector<Estimate>> estimates_;
    std::vector<std::vector<Agreement>> agreements_;
};

}  // namespace rsasim::analysis
