#include "decision_patterns.hpp"

#include <cmath>
#include <map>
#include <utility>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::summary {
namespace {

Decision decision_of(const analysis::Judgement& judgement, std::size_t test, std::size_t row) {
    if (std::isnan(judgement.side_of_alpha(test, row))) return Decision::not_evaluable;
    return judgement.rejects(test, row) ? Decision::rejects : Decision::accepts;
}

DecisionPattern pattern_of(const analysis::Judgement& judgement, std::size_t row) {
    const design::AnalysisPlan& plan = judgement.plan();
    DecisionPattern pattern;
    pattern.tests.reserve(plan.tests.size());
    for (std::size_t test = 0; test < plan.tests.size(); ++test) {
        pattern.tests.push_back(decision_of(judgement, test, row));
    }
    pattern.pairs.reserve(plan.pairs.size());
    for (std::size_t pair = 0; pair < plan.pairs.size(); ++pair) {
        pattern.pairs.push_back(judgement.agreement(pair, row));
    }
    pattern.is_favourable = analysis::is_favourable(judgement.tables()[row], plan);
    return pattern;
}

/// Sum of the totals of the patterns for which `holds`.
template <class Sum, class Predicate>
Sum total_where(const std::vector<DecisionPattern>& patterns, const std::vector<Sum>& totals,
                Predicate holds) {
    Sum total = 0;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (holds(patterns[i])) total += totals[i];
    }
    return total;
}

template <class Sum>
TestSummary summarise_test(const std::vector<DecisionPattern>& patterns,
                           const std::vector<Sum>& totals, std::size_t test, Sum replicates) {
    using Pattern = DecisionPattern;
    const Sum reject =
        total_where(patterns, totals, [=](const Pattern& p) { return p.rejects(test); });
    const Sum favourable = total_where(
        patterns, totals, [=](const Pattern& p) { return p.is_favourable && p.rejects(test); });
    const Sum evaluable = total_where(patterns, totals, [=](const Pattern& p) {
        return p.tests[test] != Decision::not_evaluable;
    });
    TestSummary summary;
    set_count(summary.n_reject, reject);
    set_count(summary.n_reject_favourable, favourable);
    set_count(summary.n_evaluable, evaluable);
    summary.power = share(reject, replicates);
    summary.power_favourable = share(favourable, replicates);
    summary.evaluable = share(evaluable, replicates);
    return summary;
}

template <class Sum>
PairSummary summarise_pair(const std::vector<DecisionPattern>& patterns,
                           const std::vector<Sum>& totals, std::size_t pair, Sum replicates) {
    using analysis::Agreement;
    const auto total_of = [&](Agreement agreement) {
        return total_where(patterns, totals, [=](const DecisionPattern& pattern) {
            return pattern.pairs[pair] == agreement;
        });
    };
    const Sum covers = total_of(Agreement::reject_but_covers_null);
    const Sum excludes = total_of(Agreement::accept_but_excludes_null);
    PairSummary summary;
    set_count(summary.n_reject_but_covers_null, covers);
    set_count(summary.n_accept_but_excludes_null, excludes);
    set_count(summary.n_pair_undefined, total_of(Agreement::undefined));
    summary.reject_but_covers_null = share(covers, replicates);
    summary.accept_but_excludes_null = share(excludes, replicates);
    return summary;
}

/// only[a][b], a row-major square: the total of the patterns that a rejects and b does not.
template <class Sum>
std::vector<Sum> discordant_totals(const std::vector<DecisionPattern>& patterns,
                                   const std::vector<Sum>& totals, std::size_t tests) {
    std::vector<Sum> only(tests * tests, Sum{0});
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        for (std::size_t a = 0; a < tests; ++a) {
            if (!patterns[i].rejects(a)) continue;
            for (std::size_t b = 0; b < tests; ++b) {
                if (!patterns[i].rejects(b)) only[a * tests + b] += totals[i];
            }
        }
    }
    return only;
}

template <class Sum>
std::vector<TestPairSummary> summarise_test_pairs(const std::vector<Sum>& only, std::size_t tests,
                                                  Sum replicates) {
    std::vector<TestPairSummary> summaries;
    for (std::size_t a = 0; a < tests; ++a) {
        for (std::size_t b = a + 1; b < tests; ++b) {
            const Sum a_not_b = only[a * tests + b];
            const Sum b_not_a = only[b * tests + a];
            TestPairSummary summary;
            set_count(summary.n_a_not_b, a_not_b);
            set_count(summary.n_b_not_a, b_not_a);
            summary.a_not_b = share(a_not_b, replicates);
            summary.b_not_a = share(b_not_a, replicates);
            summary.power_difference = share_difference(a_not_b, b_not_a, replicates);
            summaries.push_back(summary);
        }
    }
    return summaries;
}

}  // namespace

DecisionPatterns::DecisionPatterns(const analysis::Judgement& judgement)
    : tests_(judgement.plan().tests.size()), pairs_(judgement.plan().pairs.size()) {
    std::map<DecisionPattern, std::uint32_t> number_of;
    std::vector<std::map<DecisionPattern, std::uint32_t>::const_iterator> found;
    found.reserve(judgement.tables().size());
    for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
        found.emplace_back(number_of.try_emplace(pattern_of(judgement, row), 0).first);
    }
    // Numbered in their own order, so that other tables in the judgement do not change the order in
    // which a cell's probabilities are added.
    for (auto& [pattern, number] : number_of) {
        number = static_cast<std::uint32_t>(patterns_.size());
        patterns_.push_back(pattern);
    }
    pattern_of_row_.reserve(found.size());
    for (const auto& entry : found) {
        pattern_of_row_.push_back(entry->second);
    }
}

template <class Weight>
std::vector<Total<Weight>> DecisionPatterns::totals(const WeightedRows<Weight>& cell) const {
    std::vector<Total<Weight>> totals(patterns_.size(), Total<Weight>{0});
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        totals[pattern_of_row_[cell.rows[i]]] += cell.weights[i];
    }
    return totals;
}

template <class Weight>
std::vector<std::vector<Contradiction>> DecisionPatterns::contradictions(
    const WeightedRows<Weight>& cell) const {
    using analysis::Agreement;
    const auto is_contradiction = [](Agreement agreement) {
        return agreement == Agreement::reject_but_covers_null ||
               agreement == Agreement::accept_but_excludes_null;
    };
    std::vector<std::vector<Contradiction>> lists(pairs_);
    std::vector<std::vector<std::size_t>> pairs_of(patterns_.size());
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        for (std::size_t pair = 0; pair < pairs_; ++pair) {
            if (is_contradiction(patterns_[i].pairs[pair])) pairs_of[i].push_back(pair);
        }
    }
    for (std::size_t row = 0; row < cell.rows.size(); ++row) {
        const std::size_t pattern = pattern_of_row_[cell.rows[row]];
        for (const std::size_t pair : pairs_of[pattern])
            lists[pair].push_back({row, patterns_[pattern].pairs[pair]});
    }
    return lists;
}

template <class Weight>
void DecisionPatterns::summarise(const WeightedRows<Weight>& cell, CellSummary& summary) const {
    using Sum = Total<Weight>;
    const std::vector<Sum> sums = totals(cell);
    for (std::size_t test = 0; test < tests_; ++test) {
        summary.tests.push_back(summarise_test(patterns_, sums, test, cell.replicates));
    }
    for (std::size_t pair = 0; pair < pairs_; ++pair) {
        summary.pairs.push_back(summarise_pair(patterns_, sums, pair, cell.replicates));
    }
    summary.contradictions = contradictions(cell);
    summary.test_pairs =
        summarise_test_pairs(discordant_totals(patterns_, sums, tests_), tests_, cell.replicates);
}

template void DecisionPatterns::summarise(const WeightedRows<std::int64_t>&, CellSummary&) const;
template void DecisionPatterns::summarise(const WeightedRows<double>&, CellSummary&) const;

}  // namespace rsasim::summary
