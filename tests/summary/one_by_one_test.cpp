#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <support/women.hpp>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/patient_summary.hpp>

using namespace rsasim;
using design::Tallying;

namespace {

/// Every method of the catalogue that is not costly, boschloo among them, which is prepared for
/// each pair of sizes, and all standard pairs.
design::AnalysisPlan whole_plan() {
    design::AnalysisPlan plan;
    for (const auto& row : analysis::catalogue()) {
        if (row.is_costly) continue;
        const design::MethodChoice method{std::string(row.id), {}};
        const bool is_wanted = !row.prepares_sizes || row.id == "boschloo";
        if (row.role == analysis::Role::test && is_wanted) plan.tests.push_back(method);
        if (row.role == analysis::Role::interval) plan.intervals.push_back({row.measure, method});
        if (row.role == analysis::Role::estimate) plan.estimators.push_back({row.measure, method});
    }
    for (const auto& pair : analysis::standard_pairs()) {
        for (std::size_t t = 0; t < plan.tests.size(); ++t) {
            for (std::size_t i = 0; i < plan.intervals.size(); ++i) {
                const auto& interval = plan.intervals[i];
                if (plan.tests[t].id == pair.test && interval.measure == pair.measure &&
                    interval.method.id == pair.interval) {
                    plan.pairs.push_back({t, i});
                }
            }
        }
    }
    return plan;
}

/// Tests that have a margin of the odds ratio, one-sided.
design::AnalysisPlan margin_plan() {
    design::AnalysisPlan plan = whole_plan();
    plan.tests = {{"score", {}}, {"score-n1", {}}};
    plan.pairs.clear();
    plan.null = {design::Measure::odds_ratio, 0.5};
    plan.sides = design::Sides::one;
    plan.alpha = 0.025;
    return plan;
}

design::Design counts(design::ArmSizes sizes, design::Rates rates, design::AnalysisPlan plan) {
    return {sizes, rates, std::make_shared<const design::AnalysisPlan>(std::move(plan))};
}

/// Women of whom some are left out of the table, with two tests, an interval and three methods for
/// women.
design::Design women_lost() {
    const auto whole = test::trial_of_women({15, 15});
    auto model = *whole.patients();
    model.dropout.emplace();
    model.dropout->treated.log_odds = model.dropout->control.log_odds = -1.5;
    auto plan = whole.analysis();
    plan.tests.push_back({"boschloo", {}});
    plan.patients->sets.front().handling = design::Handling::complete_case;
    return {whole.sizes(),
            whole.rates(),
            std::make_shared<const design::AnalysisPlan>(std::move(plan)),
            {std::make_shared<const design::PatientModel>(std::move(model)),
             whole.shared_patients().truth}};
}

engine::CellTotals simulated(const design::Design& design, std::int64_t replicates) {
    const engine::CellTask task{design, random::stream_key(7), {{0, replicates}}};
    return engine::simulate({&task, 1}, {.threads = 2}).front();
}

summary::CellSummary by_table(const design::Design& design, std::int64_t replicates) {
    const auto counted = design.with_tallying(Tallying::by_table);
    auto totals = simulated(counted, replicates);
    tally::TableRejections rejections;
    if (totals.patients) {
        rejections = totals.patients->tables();
        totals.tables = rejections.tables;
    }
    std::vector<design::Table2x2> tables;
    for (const auto& row : totals.tables)
        tables.push_back(row.table());
    std::ranges::sort(tables);
    const engine::TablesOfCell of_cell{&counted, tables};
    const auto judgement = engine::judge_tables({&of_cell, 1}, 2).front();
    auto found = summary::summarise(counted, totals.tables, *judgement);
    if (totals.patients) {
        summary::append_tallied(found, {&totals.patients->layout(), totals.patients->words(),
                                        &rejections, judgement.get()});
    }
    return found;
}

summary::CellSummary one_by_one(const design::Design& design, std::int64_t replicates) {
    const auto totals = simulated(design.with_tallying(Tallying::one_by_one), replicates);
    REQUIRE(totals.tables.empty());
    REQUIRE(totals.patients->tables().tables.empty());
    const tally::TableRejections nothing;
    summary::CellSummary found;
    summary::append_tallied(
        found, {&totals.patients->layout(), totals.patients->words(), &nothing, nullptr});
    return found;
}

bool is_of_fragility(std::string_view name) {
    return name.find("fragil") != std::string_view::npos;
}

/// Sums of x are exact to 2^-33 each, relative to numbers of order 1.
bool are_alike(double a, double b) {
    return (std::isnan(a) && std::isnan(b)) || a == b ||
           std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// Half a bin of 1/64 on the log scale, either way; the first bin has all widths below e^-10.
bool share_a_bin(double a, double b) {
    const double first = std::exp((tally::WidthBins::lowest + 1) / tally::WidthBins::steps);
    return (std::isnan(a) && std::isnan(b)) || a == b || std::max(a, b) < first ||
           std::abs(std::log(a / b)) <= 0.5 / tally::WidthBins::steps + 1e-12;
}

template <class Summary>
void compare(const std::vector<Summary>& tables, const std::vector<Summary>& trials) {
    REQUIRE(tables.size() == trials.size());
    for (const auto& measure : summary::measures<Summary>()) {
        for (std::size_t i = 0; i < tables.size(); ++i) {
            INFO(measure.dataset << " of " << i);
            if (is_of_fragility(measure.name)) continue;
            if (const auto* count = std::get_if<std::int64_t Summary::*>(&measure.member)) {
                CHECK(tables[i].**count == trials[i].**count);
            } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
                CHECK(are_alike(tables[i].**real, trials[i].**real));
            } else {
                const auto figure = std::get<summary::Figure Summary::*>(measure.member);
                const auto [value, mcse] = tables[i].*figure;
                const auto [other, other_mcse] = trials[i].*figure;
                INFO(value << " +- " << mcse << " and " << other << " +- " << other_mcse);
                const bool is_binned = measure.name.starts_with("width_q");
                CHECK((is_binned ? share_a_bin(value, other) : are_alike(value, other)));
                if (!is_binned) CHECK(are_alike(mcse, other_mcse));
            }
        }
    }
}

void compare(const design::Design& design, std::int64_t replicates) {
    const auto tables = by_table(design, replicates);
    const auto trials = one_by_one(design, replicates);
    compare(tables.tests, trials.tests);
    compare(tables.intervals, trials.intervals);
    compare(tables.estimators, trials.estimators);
    compare(tables.pairs, trials.pairs);
    compare(tables.test_pairs, trials.test_pairs);
    compare(tables.analyses, trials.analyses);
    compare(tables.characteristics, trials.characteristics);
    CHECK(trials.contradictions.size() == trials.pairs.size());
}

}  // namespace

TEST_CASE("Trials of counts tallied one by one give what their tables give", "[exact]") {
    for (const auto& rates : {design::Rates{0.7, 0.5}, design::Rates{0.5, 0.5},
                              design::Rates{0.02, 0.1}, design::Rates{1, 0.9}}) {
        INFO(rates.treated << " v " << rates.control);
        compare(counts({12, 11}, rates, whole_plan()), 5000);
    }
}

TEST_CASE("Trials of a margin tallied one by one give what their tables give", "[exact]") {
    compare(counts({30, 25}, {0.7, 0.6}, margin_plan()), 5000);
    compare(counts({30, 25}, {0.3, 0.6}, margin_plan()), 5000);
    auto plan = margin_plan();
    plan.equivalence = design::Equivalence{design::Measure::odds_ratio, 0.3, 3};
    compare(counts({40, 40}, {0.5, 0.5}, plan), 5000);
}

TEST_CASE("Women tallied one by one give what their tables and tallies give", "[exact]") {
    compare(women_lost(), 6000);
    compare(test::trial_of_women({12, 10}), 6000);
}

TEST_CASE("The pairs of tests of the table and of women come in the order of the list",
          "[property]") {
    const auto found = one_by_one(women_lost(), 2000);
    const auto layout = tally::PatientLayout(women_lost().with_tallying(Tallying::one_by_one));
    const std::size_t tests = 3 + 3 + layout.decisions().size();
    CHECK(found.tests.size() == tests);
    CHECK(found.test_pairs.size() == tests * (tests - 1) / 2);
    CHECK(found.test_pairs.front().n_a_not_b - found.test_pairs.front().n_b_not_a ==
          found.tests[0].n_reject - found.tests[1].n_reject);
}
