#include "small_trial.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/summariser.hpp>

namespace {

using rsasim::design::Rates;
using rsasim::summary::CellSummary;
using rsasim::summary::Figure;
using small_trial::Trial;
using small_trial::Weighted;

constexpr Rates rates{0.7, 0.5};

bool is_same(double a, double b, double relative) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    if (std::isinf(a) || std::isinf(b)) return a == b;
    return std::abs(a - b) <= relative * (std::abs(a) + std::abs(b)) + 1e-15;
}

/// Calls visit(name, figure) for every figure of a cell, and visit(name, count) for every count.
template <class Summary, class Visit>
void visit_measures(const std::vector<Summary>& summaries, Visit visit) {
    for (const Summary& summary : summaries) {
        for (const auto& measure : rsasim::summary::measures<Summary>()) {
            std::visit([&](auto member) { visit(measure.dataset, summary.*member); },
                       measure.member);
        }
    }
}

template <class Visit>
void visit_all(const CellSummary& cell, Visit visit) {
    visit_measures(cell.tests, visit);
    visit_measures(cell.intervals, visit);
    visit_measures(cell.estimators, visit);
    visit_measures(cell.pairs, visit);
    visit_measures(cell.test_pairs, visit);
}

/// All values of a cell, one after the other.
struct Values {
    std::vector<std::string> names;
    std::vector<double> values;
    std::vector<double> errors;
    std::vector<std::int64_t> counts;

    explicit Values(const CellSummary& cell) {
        visit_all(cell, [this](std::string_view name, const auto& value) { add(name, value); });
    }
    void add(std::string_view name, const Figure& figure) {
        names.emplace_back(name);
        values.push_back(figure.value);
        errors.push_back(figure.mcse);
    }
    void add(std::string_view, double) {}
    void add(std::string_view, std::int64_t count) { counts.push_back(count); }
};

/// 2^20 replicates over all tables of 9 v 7, so that shares of them are exact in binary.
std::vector<Weighted<std::int64_t>> counts_of_9_v_7() {
    std::mt19937_64 engine(7);
    std::vector<Weighted<std::int64_t>> weighted;
    std::int64_t left = std::int64_t{1} << 20;
    for (std::int32_t x = 0; x <= 9; ++x) {
        for (std::int32_t y = 0; y <= 7; ++y) {
            const bool is_last = x == 9 && y == 7;
            const auto count = static_cast<std::int64_t>(engine() % 20'000);
            weighted.push_back({x, y, is_last ? left : std::min(left, count)});
            left -= weighted.back().weight;
        }
    }
    return weighted;
}

std::vector<Weighted<double>> as_probabilities(const std::vector<Weighted<std::int64_t>>& counts) {
    std::vector<Weighted<double>> probabilities;
    for (const auto& [x, y, count] : counts)
        probabilities.push_back({x, y, std::ldexp(static_cast<double>(count), -20)});
    return probabilities;
}

}  // namespace

TEST_CASE("Probabilities proportional to counts give the values of the counts and no error",
          "[property]") {
    const Trial trial(9, 7);
    const auto counts = counts_of_9_v_7();
    const CellSummary from_counts = trial.summarise(rates, counts);
    const CellSummary from_probabilities = trial.summarise(rates, as_probabilities(counts));
    const Values simulated(from_counts);
    const Values enumerated(from_probabilities);
    REQUIRE(simulated.values.size() == enumerated.values.size());
    for (std::size_t i = 0; i < simulated.values.size(); ++i) {
        INFO(simulated.names[i] << ": " << simulated.values[i] << ", " << enumerated.values[i]);
        // The standard deviation divides by n - 1 in one and by n in the other.
        const bool is_sd =
            simulated.names[i] == "empirical_se" || simulated.names[i] == "model_se_error";
        CHECK(is_same(simulated.values[i], enumerated.values[i], is_sd ? 1e-5 : 1e-13));
        CHECK((std::isnan(enumerated.values[i]) ? std::isnan(enumerated.errors[i])
                                                : enumerated.errors[i] == 0));
    }
    const double n = static_cast<double>(from_counts.estimators[1].n_finite);
    CHECK(from_counts.estimators[1].empirical_se.value * std::sqrt((n - 1) / n) ==
          Approx(from_probabilities.estimators[1].empirical_se.value).epsilon(1e-13));
    for (const std::int64_t count : enumerated.counts)
        CHECK(count == 0);
}

TEST_CASE("Skipped tables are not shared out among the others", "[exact]") {
    // Half of the probability is missing: 1/4 on 4/4 v 0/4, 1/4 on 2/4 v 2/4.
    const std::vector<Weighted<double>> half{{2, 2, 0.25}, {4, 0, 0.25}};
    const auto summary = Trial(4, 4).summarise(rates, half);
    CHECK(summary.tests[0].power.value == 0.25);
    CHECK(summary.tests[0].evaluable.value == 0.5);
    CHECK(summary.intervals[0].coverage.value == 0.5);
    CHECK(summary.estimators[1].finite.value == 0.5);
    CHECK(summary.estimators[1].mean.value == 0.5);
    CHECK(summary.estimators[1].empirical_se.value == 0.5);
    CHECK(summary.test_pairs[0].power_difference.value == 0.25);
}

TEST_CASE("Counts stay exact at 10^12 replicates", "[exact]") {
    const std::int64_t many = 1'000'000'000'000;
    const std::vector<Weighted<std::int64_t>> weighted{{0, 4, 1}, {2, 2, many - 4}, {4, 0, 3}};
    const auto summary = Trial(4, 4).summarise(rates, weighted);
    CHECK(summary.tests[0].n_reject == 4);
    CHECK(summary.tests[0].n_evaluable == many);
    CHECK(summary.intervals[0].n_infinite == 4);
    CHECK(summary.intervals[0].n_cover == many);
    CHECK(summary.estimators[0].n_finite == many - 4);
    CHECK(summary.tests[0].power.value == Approx(4e-12).epsilon(1e-14));
    CHECK(summary.tests[0].power.mcse == Approx(2e-12).epsilon(1e-11));
    CHECK(summary.estimators[1].mean.value == Approx(2e-12).epsilon(1e-14));
    CHECK(summary.intervals[0].width_q95.value == Approx(2 * 1.959963984540054 * std::sqrt(2.0)));
}

TEST_CASE("Other tables in a judgement do not change the last bit of a cell", "[property]") {
    const Trial trial(9, 7);
    const auto all = as_probabilities(counts_of_9_v_7());
    const std::vector<Weighted<double>> few(all.begin() + 20, all.begin() + 55);
    const auto rows = trial.rows(few);
    std::vector<rsasim::design::Table2x2> tables;
    for (const auto& row : rows)
        tables.push_back(row.table());
    const auto design = trial.design(rates);
    const auto plan = std::make_shared<const rsasim::design::AnalysisPlan>(small_trial::plan());
    rsasim::analysis::Judgement own(plan, tables);
    own.judge(0, tables.size());
    const Values alone(rsasim::summary::summarise(design, rows, own));
    const Values together(rsasim::summary::summarise(design, rows, trial.judgement()));
    CHECK(std::ranges::equal(alone.values, together.values, [](double a, double b) {
        return a == b || (std::isnan(a) && std::isnan(b));
    }));
}

TEST_CASE("A summariser gives the same bits as the free functions, cell after cell", "[property]") {
    const Trial trial(9, 7);
    const rsasim::summary::Summariser summariser(trial.shared_judgement());
    const auto rows = trial.rows(counts_of_9_v_7());
    for (const Rates& truth : {Rates{0.7, 0.5}, Rates{0.5, 0.5}, Rates{0.2, 0.9}}) {
        const auto design = trial.design(truth);
        const Values reused(summariser.summarise(design, rows));
        const Values fresh(rsasim::summary::summarise(design, rows, trial.judgement()));
        CHECK(reused.counts == fresh.counts);
        CHECK(std::ranges::equal(reused.values, fresh.values, [](double a, double b) {
            return a == b || (std::isnan(a) && std::isnan(b));
        }));
    }
}

TEST_CASE("A table that was not judged and a foreign plan are refused", "[property]") {
    const Trial trial(4, 4);
    const auto design = trial.design(rates);
    const auto plan = std::make_shared<const rsasim::design::AnalysisPlan>(small_trial::plan());
    rsasim::analysis::Judgement part(plan, {{{1, 4}, {1, 4}}, {{2, 4}, {2, 4}}});
    part.judge(0, 2);
    const auto rows = trial.rows<std::int64_t>({{1, 1, 5}, {2, 1, 1}});
    CHECK_THROWS_AS(rsasim::summary::summarise(design, rows, part), std::out_of_range);
    auto other = small_trial::plan();
    other.alpha = 0.1;
    const Trial elsewhere(4, 4, other);
    CHECK_THROWS_AS(rsasim::summary::summarise(elsewhere.design(rates), rows, trial.judgement()),
                    std::logic_error);
}
