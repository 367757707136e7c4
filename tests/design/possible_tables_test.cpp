#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/design/possible_tables.hpp>

using namespace rsasim;
using design::Design;

namespace {

constexpr double skipped = 1e-12;

std::shared_ptr<const design::AnalysisPlan> plan_of(design::Handling handling) {
    auto plan = std::make_shared<design::AnalysisPlan>();
    plan->patients.emplace();
    plan->patients->sets = {design::AnalysisSet{}};
    plan->patients->sets.front().handling = handling;
    return plan;
}

Design women(design::ArmSizes sizes, design::Rates rates, const design::PatientModel& model) {
    auto truth = std::make_shared<design::PatientTruth>();
    truth->rates = rates;
    return {sizes,
            rates,
            plan_of(design::Handling::complete_case),
            {std::make_shared<const design::PatientModel>(model), truth}};
}

design::PatientModel with_dropout(double log_odds) {
    design::PatientModel model;
    model.dropout.emplace();
    model.dropout->treated.log_odds = model.dropout->control.log_odds = log_odds;
    return model;
}

double binomial(std::int64_t x, std::int64_t n, double p) {
    if (p == 0 || p == 1) return x == (p == 1 ? n : 0) ? 1 : 0;
    const auto k = static_cast<double>(x), m = static_cast<double>(n);
    return std::exp(std::lgamma(m + 1) - std::lgamma(k + 1) - std::lgamma(m - k + 1) +
                    k * std::log(p) + (m - k) * std::log1p(-p));
}

/// How many of the most probable are needed to leave out no more than 1e-12.
double fewest(std::vector<double> probabilities) {
    std::ranges::sort(probabilities);
    double left_out = 0;
    std::size_t rare = 0;
    while (rare < probabilities.size() && left_out + probabilities[rare] <= skipped)
        left_out += probabilities[rare++];
    return static_cast<double>(probabilities.size() - rare);
}

std::vector<double> products(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> all;
    for (const double p : a) {
        for (const double q : b)
            all.push_back(p * q);
    }
    return all;
}

std::vector<double> events(std::int64_t n, double rate) {
    std::vector<double> all;
    for (std::int64_t x = 0; x <= n; ++x)
        all.push_back(binomial(x, n, rate));
    return all;
}

/// Of (women kept, events among them), women kept with probability `kept`.
std::vector<double> kept_and_events(std::int64_t n, double kept, double rate) {
    std::vector<double> all;
    for (std::int64_t k = 0; k <= n; ++k) {
        for (const double p : events(k, rate))
            all.push_back(binomial(k, n, kept) * p);
    }
    return all;
}

void check_bound(const Design& design, double needed, double slack) {
    const double bound = design::possible_tables(design);
    INFO(bound << " against " << needed);
    CHECK(bound >= needed);
    CHECK(bound <= slack * needed);
}

Design counts(design::ArmSizes sizes, design::Rates rates) {
    return {sizes, rates, std::make_shared<const design::AnalysisPlan>()};
}

}  // namespace

TEST_CASE("The bound on possible tables holds for counts and is less than twice too large",
          "[exact]") {
    for (const design::ArmSizes sizes : {design::ArmSizes{40, 40}, {75, 74}, {400, 300}}) {
        for (const design::Rates rates : {design::Rates{0.5, 0.5}, {0.8, 0.6351}, {0.2, 0.4}}) {
            check_bound(counts(sizes, rates),
                        fewest(products(events(sizes.treated, rates.treated),
                                        events(sizes.control, rates.control))),
                        2);
        }
    }
    check_bound(counts({400, 300}, {0, 0.5}), fewest(events(300, 0.5)), 2);
}

TEST_CASE("The bound on possible tables holds where women are lost, within a factor of 3",
          "[exact]") {
    for (const double kept : {0.8, 0.9}) {
        const std::int64_t n = 60;
        const auto arm = kept_and_events(n, kept, 0.5);
        const double lost = 1 - kept;
        check_bound(women({n, n}, {0.5, 0.5}, with_dropout(std::log(lost / kept))),
                    fewest(products(arm, arm)), 3);
    }
}

TEST_CASE("The bound on possible tables holds under independent allocation", "[exact]") {
    const std::int64_t n = 60;
    design::PatientModel model;
    model.allocation.scheme = design::Scheme::complete;
    std::vector<double> all;
    for (std::int64_t treated = 0; treated <= n; ++treated) {
        for (const double p : products(events(treated, 0.6), events(n - treated, 0.4)))
            all.push_back(p * binomial(treated, n, 0.5));
    }
    check_bound(women({n / 2, n / 2}, {0.6, 0.4}, model), fewest(std::move(all)), 3);
}

TEST_CASE("Whoever may be left out makes more tables, and schemes that balance make fewer",
          "[property]") {
    const design::ArmSizes sizes{50, 50};
    const design::Rates rates{0.6, 0.5};
    const auto possible = [&](const design::PatientModel& model) {
        return design::possible_tables(women(sizes, rates, model));
    };
    const double fixed = possible({});
    CHECK(fixed == design::possible_tables(counts(sizes, {0.5, 0.5})));
    CHECK(possible(with_dropout(-2)) > fixed);
    auto moved_by_outcome = with_dropout(-2);
    moved_by_outcome.dropout->treated.outcome_log_odds_ratio = 4;
    CHECK(possible(moved_by_outcome) > possible(with_dropout(-2)));
    design::PatientModel complete, stick, coin;
    complete.allocation.scheme = design::Scheme::complete;
    stick.allocation.scheme = design::Scheme::big_stick;
    coin.allocation.scheme = design::Scheme::biased_coin;
    for (const auto& model : {stick, coin}) {
        CHECK(fixed < possible(model));
        CHECK(possible(model) < possible(complete));
    }
}

TEST_CASE("Radii leave out 1e-12 of normal deviates of 1 to 4 dimensions", "[exact]") {
    // Upper tails of chi-square in closed form.
    const auto tail_1 = [](double x) { return std::erfc(std::sqrt(x / 2)); };
    const double pi = std::acos(-1.0);
    const auto tail_3 = [&](double x) {
        return std::erfc(std::sqrt(x / 2)) + std::sqrt(2 * x / pi) * std::exp(-x / 2);
    };
    CHECK(tail_1(50.8442) == Approx(skipped).epsilon(1e-3));
    CHECK(std::exp(-55.2621 / 2) == Approx(skipped).epsilon(1e-3));
    CHECK(tail_3(58.9198) == Approx(skipped).epsilon(1e-3));
    CHECK((1 + 62.1998 / 2) * std::exp(-62.1998 / 2) == Approx(skipped).epsilon(1e-3));
    // One rate of 0: what is left is one arm's events, 2 (r sigma + 1).
    CHECK(design::possible_tables(counts({100, 10'000}, {0, 0.5})) ==
          Approx(2 * (std::sqrt(50.8442) * 50 + 1)).epsilon(1e-6));
}

TEST_CASE("Designs with more than 2^20 possible tables are tallied one by one", "[property]") {
    CHECK(counts({75, 74}, {0.8, 0.6}).tallying() == design::Tallying::by_table);
    CHECK(counts({20'000, 20'000}, {0.5, 0.5}).tallying() == design::Tallying::by_table);
    CHECK(counts({40'000, 40'000}, {0.5, 0.5}).is_tallied_one_by_one());
    CHECK(counts({100'000'000, 100'000'000}, {0.5, 0.5}).is_tallied_one_by_one());
    CHECK(women({75, 74}, {0.8, 0.6}, {}).tallying() == design::Tallying::by_table);
    CHECK(women({500, 500}, {0.8, 0.6}, with_dropout(-2)).is_tallied_one_by_one());
    CHECK(
        counts({40'000, 40'000}, {0.5, 0.5}).with_tallying(design::Tallying::by_table).tallying() ==
        design::Tallying::by_table);
    CHECK(counts({40'000, 40'000}, {0.5, 0.5}).with_sizes({75, 74}).tallying() ==
          design::Tallying::by_table);
}
