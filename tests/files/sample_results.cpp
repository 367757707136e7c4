#include "sample_results.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace sample {
namespace {

using namespace rsasim;
using summary::CellResults;
using summary::Engine;
using summary::InNull;
using summary::Results;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Numbers that differ from each other, with some NaN and infinities among them.
class Numbers {
  public:
    double real() {
        ++next_;
        if (next_ % 41 == 0) return not_a_number;
        if (next_ % 53 == 0) return infinite;
        if (next_ % 59 == 0) return -infinite;
        return std::sin(static_cast<double>(next_)) / 3;
    }
    std::int64_t count() { return ++next_ * 1'000'000'007; }

  private:
    std::int64_t next_ = 0;
};

template <class Summary>
std::vector<Summary> summaries(std::size_t size, Engine engine, Numbers& numbers) {
    std::vector<Summary> list(size);
    for (auto& item : list) {
        for (const auto& measure : summary::measures<Summary>()) {
            std::visit(
                [&](auto member) {
                    using Value = std::decay_t<decltype(item.*member)>;
                    if constexpr (std::is_same_v<Value, std::int64_t>) {
                        if (engine == Engine::simulation) item.*member = numbers.count();
                    } else if constexpr (std::is_same_v<Value, double>) {
                        item.*member = numbers.real();
                    } else {
                        item.*member = {numbers.real(), engine == Engine::simulation
                                                            ? std::abs(numbers.real()) / 1000
                                                            : 0.0};
                    }
                },
                measure.member);
        }
    }
    return list;
}

Results skeleton(Engine engine) {
    Results results;
    results.title = "Tacrolimus in récidive, n° 2";
    results.outcome = "healthy newborn";
    results.engine = engine;
    results.seed = 18'446'744'073'709'551'615U;
    results.rng = "philox4x32-10/1";
    results.replicates_requested = engine == Engine::simulation ? 1'000'000 : 0;
    results.is_complete = true;
    results.scenario_sha256 = std::string(64, 'a');
    results.tests = {"pearson", "fisher", "fisher-midp"};
    results.intervals = {"odds_ratio:woolf", "odds_ratio:baptista-pike", "risk_difference:wald",
                         "risk_ratio:katz"};
    results.estimators = {"odds_ratio:sample", "risk_difference:sample"};
    results.pairs = {"fisher|odds_ratio:baptista-pike"};
    results.test_pairs = {"pearson|fisher", "pearson|fisher-midp", "fisher|fisher-midp"};
    results.provenance.scenario_given = "[arms]\n# größer\nn = { treated = 75, control = 74 }\n";
    results.provenance.scenario_resolved = "[arms]\ncontrol_rate = 0.6351\n";
    results.provenance.attributes = {{"version", "0.1.0"}, {"host", "node7"}, {"threads", "2"}};
    return results;
}

void fill(Results& results, CellResults& cell, Numbers& numbers) {
    auto& s = cell.summary;
    const auto engine = results.engine;
    s.tests = summaries<summary::TestSummary>(results.tests.size(), engine, numbers);
    s.intervals = summaries<summary::IntervalSummary>(results.intervals.size(), engine, numbers);
    s.estimators = summaries<summary::EstimatorSummary>(results.estimators.size(), engine, numbers);
    s.pairs = summaries<summary::PairSummary>(results.pairs.size(), engine, numbers);
    s.test_pairs = summaries<summary::TestPairSummary>(results.test_pairs.size(), engine, numbers);
    using analysis::Agreement;
    s.contradictions = {
        {{0, Agreement::accept_but_excludes_null}, {1, Agreement::reject_but_covers_null}}};
    const auto n_treated = static_cast<std::int32_t>(cell.parameters.n_treated);
    const auto n_control = static_cast<std::int32_t>(cell.parameters.n_control);
    if (engine == Engine::enumeration) {
        cell.skipped_probability = 1e-14;
        cell.tables = tally::TableProbabilities{{0, n_treated, n_control, n_control, 0.25},
                                                {1, n_treated, 0, n_control, 1.0 / 3}};
        return;
    }
    cell.replicates = 1'000'000;
    cell.tables = tally::TableCounts{{0, n_treated, 3, n_control, 999'999},
                                     {n_treated, n_treated, 2, n_control, 1}};
    cell.finished = {{0, 600'000}, {700'000, 1'100'000}};
}

}  // namespace

Results single_cell(Engine engine) {
    Results results = skeleton(engine);
    Numbers numbers;
    results.cells.resize(1);
    auto& p = results.cells.front().parameters;
    p = {75, 74, 0.6351, 0.8, 2.2981, 1.2596, 0.1649, 0.05, 2, 0.95, InNull::no};
    fill(results, results.cells.front(), numbers);
    return results;
}

Results sweep(Engine engine) {
    Results results = skeleton(engine);
    Numbers numbers;
    const std::vector<double> rates{0.1, 0.3};
    const std::vector<double> ratios{1.0, 2.298, infinite};
    results.axes = {{"control_rate", {{"arms.control_rate", "control_rate", rates}}},
                    {"zip",
                     {{"arms.odds_ratio", "odds_ratio", ratios},
                      {"arms.total", "total", std::vector<std::int64_t>{10, 20, 31}},
                      {"trial.power", "power", std::vector<std::string>{"a", "b b", "ü"}}}}};
    for (const double rate : rates) {
        for (const double ratio : ratios) {
            CellResults cell;
            cell.parameters = {5,
                               4,
                               rate,
                               ratio == 1 ? rate : 0.5,
                               ratio,
                               not_a_number,
                               0.25,
                               0.05,
                               1,
                               0.95,
                               ratio == 1 ? InNull::yes : InNull::no};
            fill(results, cell, numbers);
            results.cells.push_back(std::move(cell));
        }
    }
    return results;
}

Results wide() {
    constexpr std::int32_t cells = 250, rows = 600;
    Results results = skeleton(Engine::simulation);
    Numbers numbers;
    std::vector<double> rates;
    for (int i = 0; i < cells; ++i)
        rates.push_back(i / 1000.0);
    results.axes = {{"control_rate", {{"arms.control_rate", "control_rate", rates}}}};
    for (const double rate : rates) {
        CellResults cell;
        cell.parameters = {rows, 40, rate, 0.5, 1.5, 1.2, 0.1, 0.05, 2, 0.95, InNull::no};
        fill(results, cell, numbers);
        tally::TableCounts tables;
        for (std::int32_t x = 0; x < rows; ++x)
            tables.push_back({x, rows, x % 40, 40, x + 1});
        cell.replicates = tally::trials_in(tables);
        cell.finished = {{0, cell.replicates}};
        cell.tables = std::move(tables);
        results.cells.push_back(std::move(cell));
    }
    return results;
}

namespace {

bool same(double a, double b) {
    return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(std::int64_t a, std::int64_t b) {
    return a == b;
}
bool same(const summary::Figure& a, const summary::Figure& b) {
    return same(a.value, b.value) && same(a.mcse, b.mcse);
}

template <class Summary>
std::string difference(const std::vector<Summary>& a, const std::vector<Summary>& b) {
    if (a.size() != b.size()) return "number of summaries";
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (const auto& measure : summary::measures<Summary>()) {
            const bool is_same = std::visit(
                [&](auto member) { return same(a[i].*member, b[i].*member); }, measure.member);
            if (!is_same) return std::string(measure.dataset);
        }
    }
    return "";
}

template <class Rows>
bool same_rows(const Rows& a, const Rows& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].table() != b[i].table() || !same(a[i].weight, b[i].weight)) return false;
    }
    return true;
}

bool same_tables(const CellResults& a, const CellResults& b) {
    if (a.tables.index() != b.tables.index()) return false;
    return std::visit(
        [&](const auto& rows) {
            return same_rows(rows, std::get<std::decay_t<decltype(rows)>>(b.tables));
        },
        a.tables);
}

bool same_parameters(const summary::CellParameters& a, const summary::CellParameters& b) {
    return a.n_treated == b.n_treated && a.n_control == b.n_control &&
           same(a.control_rate, b.control_rate) && same(a.treated_rate, b.treated_rate) &&
           same(a.odds_ratio, b.odds_ratio) && same(a.risk_ratio, b.risk_ratio) &&
           same(a.risk_difference, b.risk_difference) && same(a.alpha, b.alpha) &&
           a.sides == b.sides && same(a.confidence, b.confidence) && a.is_null == b.is_null;
}

std::string difference(const CellResults& a, const CellResults& b) {
    if (!same_parameters(a.parameters, b.parameters)) return "parameters";
    if (a.replicates != b.replicates) return "replicates";
    if (!same(a.skipped_probability, b.skipped_probability)) return "skipped_probability";
    if (a.finished != b.finished) return "finished";
    if (!same_tables(a, b)) return "tables";
    for (const auto& found : {difference(a.summary.tests, b.summary.tests),
                              difference(a.summary.intervals, b.summary.intervals),
                              difference(a.summary.estimators, b.summary.estimators),
                              difference(a.summary.pairs, b.summary.pairs),
                              difference(a.summary.test_pairs, b.summary.test_pairs)}) {
        if (!found.empty()) return found;
    }
    if (a.summary.contradictions != b.summary.contradictions) return "contradictions";
    return "";
}

}  // namespace

std::string difference(const Results& a, const Results& b) {
    if (a.title != b.title || a.outcome != b.outcome) return "title or outcome";
    if (a.direction != b.direction || a.engine != b.engine) return "direction or engine";
    if (a.null_kind != b.null_kind || a.null_measure != b.null_measure) return "null";
    if (a.seed != b.seed || a.rng != b.rng) return "seed or rng";
    if (a.common_random_numbers != b.common_random_numbers) return "common_random_numbers";
    if (a.replicates_requested != b.replicates_requested) return "replicates_requested";
    if (a.is_complete != b.is_complete) return "is_complete";
    if (a.scenario_sha256 != b.scenario_sha256) return "scenario_sha256";
    if (a.tests != b.tests || a.intervals != b.intervals || a.estimators != b.estimators ||
        a.pairs != b.pairs || a.test_pairs != b.test_pairs) {
        return "labels";
    }
    if (a.provenance.scenario_given != b.provenance.scenario_given) return "scenario_given";
    if (a.provenance.scenario_resolved != b.provenance.scenario_resolved) return "resolved";
    if (a.provenance.attributes != b.provenance.attributes) return "provenance attributes";
    if (a.axes.size() != b.axes.size()) return "axes";
    for (std::size_t i = 0; i < a.axes.size(); ++i) {
        if (a.axes[i].name != b.axes[i].name) return "name of an axis";
        if (a.axes[i].keys.size() != b.axes[i].keys.size()) return "keys of an axis";
        for (std::size_t k = 0; k < a.axes[i].keys.size(); ++k) {
            const auto &x = a.axes[i].keys[k], &y = b.axes[i].keys[k];
            if (x.path != y.path || x.values != y.values) return "key " + x.path;
        }
    }
    if (a.cells.size() != b.cells.size()) return "number of cells";
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
        const auto found = difference(a.cells[i], b.cells[i]);
        if (!found.empty()) return fmt::format("{} of cell {}", found, i);
    }
    return "";
}

}  // namespace sample
