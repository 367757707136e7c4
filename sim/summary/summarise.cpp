#include "decision_patterns.hpp"
#include "estimator_column.hpp"
#include "interval_column.hpp"
#include "rejection_column.hpp"
#include "weighted_rows.hpp"

#include <stdexcept>

#include <rsasim/summary/summariser.hpp>

namespace rsasim::summary {

/// All that depends on the judgement alone.
struct Summariser::Prepared {
    const analysis::Judgement& judgement;
    DecisionPatterns decisions;
    std::vector<double> log_odds_ratios;
    std::vector<RejectionColumn> rejections;
    std::vector<IntervalColumn> intervals;
    std::vector<EstimatorColumn> estimators;

    explicit Prepared(const analysis::Judgement& complete)
        : judgement(complete),
          decisions(complete),
          log_odds_ratios(summary::log_odds_ratios(complete)) {
        rejections.reserve(complete.plan().tests.size());
        for (std::size_t i = 0; i < complete.plan().tests.size(); ++i) {
            rejections.emplace_back(complete, i, log_odds_ratios);
        }
        for (std::size_t i = 0; i < complete.plan().intervals.size(); ++i) {
            intervals.emplace_back(complete, i);
        }
        for (std::size_t i = 0; i < complete.plan().estimators.size(); ++i) {
            estimators.emplace_back(complete, i);
        }
    }

    template <class Weight>
    [[nodiscard]] CellSummary summarise(const design::Design& design,
                                        const std::vector<tally::TableRow<Weight>>& tables) const {
        const design::AnalysisPlan& plan = judgement.plan();
        if (&design.analysis() != &plan && design.analysis() != plan) {
            throw std::logic_error("summarise: design and judgement have different analyses");
        }
        const WeightedRows<Weight> cell(tables, judgement);
        CellSummary summary;
        decisions.summarise(cell, summary);
        for (std::size_t i = 0; i < rejections.size(); ++i) {
            rejections[i].summarise(cell, design, summary.tests[i]);
        }
        for (std::size_t i = 0; i < intervals.size(); ++i) {
            const double truth = design.truth(plan.intervals[i].measure);
            summary.intervals.push_back(intervals[i].summarise(cell, truth));
        }
        for (std::size_t i = 0; i < estimators.size(); ++i) {
            const double truth = design.truth(plan.estimators[i].measure);
            summary.estimators.push_back(estimators[i].summarise(cell, truth));
        }
        return summary;
    }
};

Summariser::Summariser(std::shared_ptr<const analysis::Judgement> judgement)
    : judgement_(std::move(judgement)), prepared_(std::make_shared<Prepared>(*judgement_)) {}

CellSummary Summariser::summarise(const design::Design& design,
                                  const tally::TableCounts& tables) const {
    return prepared_->summarise(design, tables);
}

CellSummary Summariser::summarise(const design::Design& design,
                                  const tally::TableProbabilities& tables) const {
    return prepared_->summarise(design, tables);
}

CellSummary summarise(const design::Design& design, const tally::TableCounts& tables,
                      const analysis::Judgement& judgement) {
    return Summariser::Prepared(judgement).summarise(design, tables);
}

CellSummary summarise(const design::Design& design, const tally::TableProbabilities& tables,
                      const analysis::Judgement& judgement) {
    return Summariser::Prepared(judgement).summarise(design, tables);
}

}  // namespace rsasim::summary
