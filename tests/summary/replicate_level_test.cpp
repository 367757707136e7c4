#include "small_trial.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

/// Every figure computed once more from a list of replicates, one by one.
namespace {

using rsasim::design::Rates;
using rsasim::summary::CellSummary;
using rsasim::summary::Figure;
using small_trial::Trial;
using small_trial::Weighted;

constexpr std::int32_t n_treated = 17;
constexpr std::int32_t n_control = 12;

/// Judgement rows of simulated trials, in the order of simulation.
std::vector<std::size_t> simulate(const Trial& trial, const Rates& rates, std::size_t replicates) {
    std::mt19937_64 engine(20240607);
    std::binomial_distribution<int> treated(n_treated, rates.treated);
    std::binomial_distribution<int> control(n_control, rates.control);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < replicates; ++i) {
        const int x = treated(engine);
        const int y = control(engine);
        rows.push_back(trial.judgement().row_of({{x, n_treated}, {y, n_control}}));
    }
    return rows;
}

CellSummary summary_of(const Trial& trial, const Rates& rates,
                       const std::vector<std::size_t>& rows) {
    std::map<std::size_t, std::int64_t> counts;
    for (const std::size_t row : rows)
        ++counts[row];
    std::vector<Weighted<std::int64_t>> weighted;
    for (const auto& [row, count] : counts) {
        const auto& table = trial.judgement().tables()[row];
        weighted.push_back({static_cast<std::int32_t>(table.treated.events),
                            static_cast<std::int32_t>(table.control.events), count});
    }
    return trial.summarise(rates, weighted);
}

/// f(row) of every replicate.
template <class Function>
std::vector<double> each(const std::vector<std::size_t>& rows, Function f) {
    std::vector<double> values;
    for (const std::size_t row : rows)
        values.push_back(static_cast<double>(f(row)));
    return values;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Standard deviation with the given divisor.
double deviation(const std::vector<double>& values, double divisor) {
    const double centre = mean(values);
    double squares = 0;
    for (const double value : values)
        squares += (value - centre) * (value - centre);
    return std::sqrt(squares / divisor);
}

/// A figure against the mean of replicate-level values, with its error sd / sqrt(n).
void check_share(const Figure& figure, const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    CHECK(figure.value == Approx(mean(values)).margin(1e-15));
    CHECK(figure.mcse == Approx(deviation(values, n) / std::sqrt(n)).margin(1e-15));
}

std::int64_t count(const std::vector<double>& values) {
    return std::llround(std::accumulate(values.begin(), values.end(), 0.0));
}

struct Setup {
    Trial trial{n_treated, n_control};
    Rates rates{0.75, 0.4};
    std::vector<std::size_t> rows = simulate(trial, rates, 5000);
    CellSummary summary = summary_of(trial, rates, rows);
};

}  // namespace

TEST_CASE("Power and its error equal those of a list of replicates", "[property]") {
    const Setup setup;
    const auto& judgement = setup.trial.judgement();
    for (std::size_t test = 0; test < judgement.plan().tests.size(); ++test) {
        const auto rejected = each(setup.rows, [&](std::size_t row) {
            return judgement.side_of_alpha(test, row) <= 0.05;
        });
        const auto favourable = each(setup.rows, [&](std::size_t row) {
            const auto& table = judgement.tables()[row];
            return judgement.side_of_alpha(test, row) <= 0.05 &&
                   table.treated.rate() > table.control.rate();
        });
        const auto evaluable = each(setup.rows, [&](std::size_t row) {
            return !std::isnan(judgement.side_of_alpha(test, row));
        });
        const auto& summary = setup.summary.tests.at(test);
        CHECK(summary.n_reject == count(rejected));
        CHECK(summary.n_reject_favourable == count(favourable));
        CHECK(summary.n_evaluable == count(evaluable));
        check_share(summary.power, rejected);
        check_share(summary.power_favourable, favourable);
        check_share(summary.evaluable, evaluable);
    }
}

TEST_CASE("The paired error of a power difference equals that of the replicates' differences",
          "[property]") {
    const Setup setup;
    const auto& judgement = setup.trial.judgement();
    const auto rejects = [&](std::size_t test, std::size_t row) {
        return judgement.side_of_alpha(test, row) <= 0.05 ? 1 : 0;
    };
    const std::size_t tests = judgement.plan().tests.size();
    std::size_t pair = 0;
    bool is_any_discordant = false;
    for (std::size_t a = 0; a < tests; ++a) {
        for (std::size_t b = a + 1; b < tests; ++b, ++pair) {
            const auto differences = each(
                setup.rows, [&](std::size_t row) { return rejects(a, row) - rejects(b, row); });
            const auto& summary = setup.summary.test_pairs.at(pair);
            check_share(summary.power_difference, differences);
            CHECK(summary.n_a_not_b == std::ranges::count(differences, 1.0));
            CHECK(summary.n_b_not_a == std::ranges::count(differences, -1.0));
            CHECK(summary.power_difference.value ==
                  Approx(setup.summary.tests[a].power.value - setup.summary.tests[b].power.value)
                      .margin(1e-15));
            is_any_discordant = is_any_discordant || summary.n_a_not_b + summary.n_b_not_a > 0;
        }
    }
    CHECK(pair == setup.summary.test_pairs.size());
    CHECK(is_any_discordant);
}

TEST_CASE("Coverage, misses and their errors equal those of a list of replicates", "[property]") {
    const Setup setup;
    const auto& judgement = setup.trial.judgement();
    for (std::size_t i = 0; i < judgement.plan().intervals.size(); ++i) {
        const auto measure = judgement.plan().intervals[i].measure;
        const double truth = rsasim::design::effect_of(measure, setup.rates);
        const auto& summary = setup.summary.intervals.at(i);
        const auto below = each(
            setup.rows, [&](std::size_t row) { return judgement.interval(i, row).upper < truth; });
        const auto above = each(
            setup.rows, [&](std::size_t row) { return judgement.interval(i, row).lower > truth; });
        const auto covers = each(setup.rows, [&](std::size_t row) {
            const auto [lower, upper] = judgement.interval(i, row);
            return lower <= truth && truth <= upper;
        });
        check_share(summary.miss_below, below);
        check_share(summary.miss_above, above);
        check_share(summary.coverage, covers);
        CHECK(summary.n_cover == count(covers));
        CHECK(summary.n_cover + summary.n_miss_below + summary.n_miss_above + summary.n_undefined ==
              static_cast<std::int64_t>(setup.rows.size()));
    }
}

TEST_CASE("Width means and quantiles equal those of the sorted widths of all replicates",
          "[property]") {
    const Setup setup;
    const auto& judgement = setup.trial.judgement();
    for (std::size_t i = 0; i < judgement.plan().intervals.size(); ++i) {
        const bool is_ratio = rsasim::design::is_ratio(judgement.plan().intervals[i].measure);
        auto widths = each(setup.rows, [&](std::size_t row) {
            const auto [lower, upper] = judgement.interval(i, row);
            return is_ratio ? std::log(upper) - std::log(lower) : upper - lower;
        });
        std::ranges::sort(widths);
        const auto& summary = setup.summary.intervals.at(i);
        // 5,000 widths: the quantile of share q is number 5,000 q.
        CHECK(summary.width_q05.value == widths.at(249));
        CHECK(summary.width_q25.value == widths.at(1249));
        CHECK(summary.width_q50.value == widths.at(2499));
        CHECK(summary.width_q75.value == widths.at(3749));
        CHECK(summary.width_q95.value == widths.at(4749));
        // sqrt(0.05 * 0.95 / 5,000) = 0.0030822: numbers 234.6 and 265.4, rounded up.
        if (std::isfinite(widths.at(265))) {
            CHECK(summary.width_q05.mcse ==
                  Approx((widths.at(265) - widths.at(234)) / 2).margin(1e-15));
        }
        std::erase_if(widths, [](double width) { return std::isinf(width); });
        const auto bounded = static_cast<double>(widths.size());
        const Figure& figure = is_ratio ? summary.mean_log_width : summary.mean_width;
        CHECK(summary.n_infinite == 5000 - std::llround(bounded));
        CHECK(figure.value == Approx(mean(widths)).epsilon(1e-13));
        CHECK(figure.mcse ==
              Approx(deviation(widths, bounded - 1) / std::sqrt(bounded)).epsilon(1e-12));
    }
}

TEST_CASE("Bias, errors and their errors equal those of a list of replicates", "[property]") {
    const Setup setup;
    const auto& judgement = setup.trial.judgement();
    for (std::size_t i = 0; i < judgement.plan().estimators.size(); ++i) {
        const auto measure = judgement.plan().estimators[i].measure;
        const auto on_scale = [&](double effect) {
            return rsasim::design::is_ratio(measure) ? std::log(effect) : effect;
        };
        const double truth = on_scale(rsasim::design::effect_of(measure, setup.rates));
        std::vector<double> estimates, squared_errors;
        for (const std::size_t row : setup.rows) {
            const double estimate = on_scale(judgement.estimate(i, row));
            if (!std::isfinite(estimate)) continue;
            estimates.push_back(estimate);
            squared_errors.push_back((estimate - truth) * (estimate - truth));
        }
        const auto n = static_cast<double>(estimates.size());
        const auto& summary = setup.summary.estimators.at(i);
        CHECK(summary.n_finite == static_cast<std::int64_t>(estimates.size()));
        CHECK(summary.n_finite + summary.n_infinite + summary.n_undefined == 5000);
        CHECK(summary.bias.value == Approx(mean(estimates) - truth).margin(1e-14));
        CHECK(summary.bias.mcse == Approx(deviation(estimates, n * (n - 1))));
        CHECK(summary.empirical_se.value == Approx(deviation(estimates, n - 1)));
        CHECK(summary.mse.value == Approx(mean(squared_errors)));
        CHECK(summary.mse.mcse == Approx(deviation(squared_errors, n * (n - 1))));
    }
}
