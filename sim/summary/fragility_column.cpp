#include "fragility_column.hpp"

#include <cmath>
#include <cstdint>
#include <optional>

#include <rsasim/analysis/fragility.hpp>

namespace rsasim::summary {
namespace {

using analysis::Arm;
using design::Table2x2;

/// What is known about all tables of a design under one test.
class Grid {
  public:
    Grid(const analysis::Judgement& judgement, std::size_t test)
        : judgement_(judgement),
          test_(test),
          stride_(judgement.tables().front().control.n + 1),
          verdicts_(static_cast<std::size_t>((judgement.tables().front().treated.n + 1) * stride_),
                    Verdict::unknown),
          indices_(verdicts_.size(), analysis::not_a_number) {
        for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
            verdicts_[place(judgement.tables()[row])] =
                judgement.rejects(test, row) ? Verdict::rejects : Verdict::accepts;
        }
    }

    /// For a table that rejects. Tables are asked for in descending order, so that the next one of
    /// the same arm is mostly known.
    double index_of(const Table2x2& table) {
        const Arm arm = analysis::arm_to_change(table);
        double changes = 0;
        auto next = with_one_more_event(table, arm);
        while (next && rejects(*next)) {
            ++changes;
            const double known = indices_[place(*next)];
            if (!std::isnan(known) && analysis::arm_to_change(*next) == arm) {
                return indices_[place(table)] = changes + known;
            }
            next = with_one_more_event(*next, arm);
        }
        return indices_[place(table)] = next ? changes + 1 : analysis::infinity;
    }

  private:
    enum class Verdict : std::uint8_t { unknown, accepts, rejects };

    [[nodiscard]] std::size_t place(const Table2x2& table) const {
        return static_cast<std::size_t>(table.treated.events * stride_ + table.control.events);
    }
    bool rejects(const Table2x2& table) {
        Verdict& verdict = verdicts_[place(table)];
        if (verdict == Verdict::unknown) {
            verdict = judgement_.rejects_at(test_, table) ? Verdict::rejects : Verdict::accepts;
        }
        return verdict == Verdict::rejects;
    }

    const analysis::Judgement& judgement_;
    std::size_t test_;
    std::int64_t stride_;
    std::vector<Verdict> verdicts_;
    std::vector<double> indices_;
};

bool is_too_large(const Table2x2& table) {
    return (static_cast<double>(table.treated.n) + 1) * (static_cast<double>(table.control.n) + 1) >
           most_tables_for_fragility;
}

}  // namespace

std::vector<double> fragility_column(const analysis::Judgement& judgement, std::size_t test) {
    const auto& tables = judgement.tables();
    if (tables.empty() || !judgement.has_one_size() || is_too_large(tables.front())) return {};
    std::vector<double> column(tables.size(), analysis::not_a_number);
    Grid grid(judgement, test);
    for (std::size_t row = tables.size(); row-- > 0;) {
        if (judgement.rejects(test, row)) column[row] = grid.index_of(tables[row]);
    }
    return column;
}

}  // namespace rsasim::summary
