#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// What a pair of a test and an interval says about the null at one table.
enum class Agreement : std::uint8_t {
    agree,
    reject_but_covers_null,
    accept_but_excludes_null,
    undefined,
};

/// An estimate of the effect on its own scale; its standard error on the log scale for ratios.
struct Estimate {
    double value = not_a_number;
    double standard_error = not_a_number;
};

/// What the methods of a plan say of one table, in the plan's order.
struct TableFindings {
    std::vector<double> sides_of_alpha;  ///< see TableMethods::side_of_alpha
    std::vector<Interval> intervals;
    std::vector<Estimate> estimates;
    std::vector<Agreement> agreements;

    TableFindings() = default;
    /// Of a table with an empty arm: nothing is found.
    explicit TableFindings(const design::AnalysisPlan& plan);
};

/// The methods of a plan for 2x2 tables, prepared for arm sizes. Safe to call from many threads.
class TableMethods {
  public:
    /// `plan` must outlive it.
    TableMethods(const design::AnalysisPlan& plan, const design::ArmSizes& sizes);

    [[nodiscard]] const design::ArmSizes& sizes() const { return sizes_; }

    /// Asks every method about a table, which has these arm sizes, or any without an empty arm
    /// unless the plan prepares_sizes. `findings` are of the plan; nothing is allocated.
    void judge(const design::Table2x2& table, TableFindings& findings) const;

    /// A number on the same side of the plan's alpha as the P-value that decides under the plan
    /// (see Wanted::side_of_alpha), NaN where there is none. It decides and is nothing to show or
    /// to compare with another level: see deciding_p_values.
    [[nodiscard]] double side_of_alpha(std::size_t test, const design::Table2x2& table) const {
        return tests_[test](table);
    }

  private:
    /// How a pair is compared: `interval` is empty where the plan's own interval serves.
    struct Audit {
        bool is_possible = false;
        Judge interval;
    };
    [[nodiscard]] Judge prepare_interval(const design::MeasuredChoice& choice,
                                         double confidence) const;
    [[nodiscard]] Agreement audit(std::size_t pair, const design::Table2x2& table,
                                  const TableFindings& findings) const;

    const design::AnalysisPlan* plan_;
    design::ArmSizes sizes_;
    std::vector<DecidingTest> tests_;
    std::vector<Judge> intervals_, estimates_;
    std::vector<Audit> audits_;
};

/// True where a method of the plan prepares for the sizes of the arms (see MethodRow).
bool prepares_sizes(const design::AnalysisPlan& plan);

}  // namespace rsasim::analysis
