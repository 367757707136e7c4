#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/summary/cell_summary.hpp>
#include <rsasim/tally/table_rows.hpp>

/// A trial small enough to check by hand: all its tables judged.
namespace small_trial {

using rsasim::design::Measure;

inline rsasim::design::AnalysisPlan plan() {
    rsasim::design::AnalysisPlan plan;
    plan.tests = {{"pearson", {}}, {"wald", {}}, {"yates", {}}, {"wald-gart", {}}};
    plan.intervals = {{Measure::odds_ratio, {"woolf", {}}},
                      {Measure::odds_ratio, {"gart", {}}},
                      {Measure::risk_difference, {"wald", {}}},
                      {Measure::risk_ratio, {"katz", {}}}};
    plan.estimators = {{Measure::odds_ratio, {"sample", {}}},
                       {Measure::risk_difference, {"sample", {}}},
                       {Measure::odds_ratio, {"median-unbiased", {}}}};
    plan.pairs = {{1, 0}, {0, 0}, {3, 1}};
    return plan;
}

/// A table's events, and its weight.
template <class Weight>
struct Weighted {
    std::int32_t x_treated;
    std::int32_t x_control;
    Weight weight;
};

class Trial {
  public:
    Trial(std::int32_t n_treated, std::int32_t n_control,
          rsasim::design::AnalysisPlan chosen = plan())
        : n_treated_(n_treated),
          n_control_(n_control),
          plan_(std::make_shared<const rsasim::design::AnalysisPlan>(std::move(chosen))),
          judgement_(std::make_shared<rsasim::analysis::Judgement>(plan_, tables())) {
        judgement_->judge(0, judgement_->tables().size());
    }

    [[nodiscard]] rsasim::design::ArmSizes sizes() const { return {n_treated_, n_control_}; }
    [[nodiscard]] rsasim::design::Design design(rsasim::design::Rates rates) const {
        return {sizes(), rates, plan_};
    }
    [[nodiscard]] const auto& judgement() const { return *judgement_; }
    [[nodiscard]] auto shared_judgement() const { return judgement_; }

    template <class Weight>
    [[nodiscard]] auto rows(const std::vector<Weighted<Weight>>& weighted) const {
        std::vector<rsasim::tally::TableRow<Weight>> rows;
        for (const auto& w : weighted)
            rows.push_back({w.x_treated, n_treated_, w.x_control, n_control_, w.weight});
        return rows;
    }
    template <class Weight>
    [[nodiscard]] rsasim::summary::CellSummary summarise(
        rsasim::design::Rates rates, const std::vector<Weighted<Weight>>& weighted) const {
        return rsasim::summary::summarise(design(rates), rows(weighted), *judgement_);
    }

  private:
    [[nodiscard]] std::vector<rsasim::design::Table2x2> tables() const {
        std::vector<rsasim::design::Table2x2> all;
        for (std::int32_t x = 0; x <= n_treated_; ++x) {
            for (std::int32_t y = 0; y <= n_control_; ++y)
                all.push_back({{x, n_treated_}, {y, n_control_}});
        }
        return all;
    }

    std::int32_t n_treated_;
    std::int32_t n_control_;
    std::shared_ptr<const rsasim::design::AnalysisPlan> plan_;
    std::shared_ptr<rsasim::analysis::Judgement> judgement_;
};

}  // namespace small_trial
