#include "patient/families.hpp"
#include "patient/margin_test.hpp"
#include "patient/strata_counts.hpp"
#include "table/asymptotic_methods.hpp"
#include "table/interval_finding.hpp"

#include <vector>

namespace rsasim::analysis {

namespace {

using design::lanes;

/// One odds ratio of the collapsed table, made of the rows of the 2x2 catalogue.
struct TableMethod {
    Judge estimate, test, interval;
};

TableMethod table_method(std::string_view id, const PatientSetting& setting) {
    Setting table;
    table.confidence = setting.confidence;
    if (id == "woolf") {
        return {prepare_sample_odds_ratio(table), prepare_wald(table), prepare_woolf(table)};
    }
    return {prepare_gart_odds_ratio(table), prepare_wald_gart(table), prepare_gart(table)};
}

/// An arm without women, or women without both outcomes.
bool is_uninformative(const Cells& cells) {
    return cells.n_treated() == 0 || cells.n_control() == 0 || cells.events() == 0 ||
           cells.non_events() == 0;
}

Finding judge(const TableMethod& method, const Cells& cells, double null) {
    Finding finding = uninformative_ratio();
    if (is_uninformative(cells)) return finding;
    const design::Table2x2 table = table_of(cells);
    finding = method.interval(table);
    const Finding estimate = method.estimate(table);
    finding.estimate = estimate.estimate;
    finding.standard_error = estimate.standard_error;
    if (finding.status != Status::ok) return finding;
    if (null == 1) {
        const Finding test = method.test(table);
        finding.statistic = test.statistic;
        finding.p_value = test.p_value;
    } else {
        set_wald_test(finding, null);
    }
    return finding;
}

class TableAnalysis : public PatientAnalysis {
  public:
    TableAnalysis(PatientChoices choices, const PatientSetting& setting)
        : counts_(1), null_(null_of(setting, design::Measure::odds_ratio)) {
        for (const design::PatientChoice& choice : choices)
            methods_.push_back(table_method(choice.id, setting));
    }

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        counts_.count(columns, nullptr);
        for (std::size_t k = 0; k < methods_.size(); ++k) {
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                findings[k * lanes + lane] = judge(methods_[k], counts_.cells(0, lane), null_);
        }
    }

  private:
    StrataCounts counts_;
    double null_;
    std::vector<TableMethod> methods_;
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_table(PatientChoices choices,
                                               const PatientSetting& setting) {
    return std::make_unique<TableAnalysis>(choices, setting);
}

}  // namespace rsasim::analysis
