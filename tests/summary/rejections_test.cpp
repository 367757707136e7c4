#include "small_trial.hpp"

#include <cmath>
#include <limits>
#include <map>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>
#include <rsasim/summary/cell_summary.hpp>

namespace {

using namespace rsasim;
using design::Table2x2;
using small_trial::Trial;
using small_trial::Weighted;

design::AnalysisPlan only(std::vector<design::MethodChoice> tests) {
    design::AnalysisPlan plan;
    plan.tests = std::move(tests);
    return plan;
}

/// Ten replicates of 10 v 10 women. Pearson's chi-square: 12.8 for 9 v 1, 9.9 for 9 v 2, 20 for
/// 10 v 0, none for 5 v 5. With 9 treated events it is 7.5, 5.49 and 3.81 at 3, 4 and 5 control
/// events; with 10 it is 6.67, 5 and 3.53 at 5, 6 and 7; 3.84 is the limit.
const std::vector<Weighted<std::int64_t>> ten{
    {1, 9, 1}, {5, 5, 5}, {9, 1, 2}, {9, 2, 1}, {10, 0, 1}};

constexpr design::Rates odds_ratio_9{0.75, 0.25};

/// What a test rejects, written without the engine: P-values by the catalogue, all else by loops.
class Loops {
  public:
    Loops(design::ArmSizes sizes, design::Rates rates, const std::string& test,
          const design::AnalysisPlan& plan)
        : sizes_(sizes), rates_(rates), plan_(plan) {
        judge_ = analysis::prepare(analysis::Role::test, design::Measure::odds_ratio, {test, {}},
                                   {sizes});
    }
    [[nodiscard]] bool rejects(std::int64_t x, std::int64_t y) const {
        const auto p = judge_({{x, sizes_.treated}, {y, sizes_.control}}).p_value;
        const bool one_sided = plan_.sides == design::Sides::one;
        return (one_sided ? p.greater : p.two_sided) <= plan_.alpha * (1 + 1e-9);
    }
    /// 0 where there is none.
    [[nodiscard]] std::int64_t fragility(std::int64_t x, std::int64_t y) const {
        const bool change_treated = x < y || (x == y && sizes_.treated > sizes_.control);
        for (std::int64_t k = 1; k <= sizes_.treated + sizes_.control; ++k) {
            (change_treated ? x : y) += 1;
            if (x > sizes_.treated || y > sizes_.control) return 0;
            if (!rejects(x, y)) return k;
        }
        return 0;
    }
    void run() {
        for (std::int64_t x = 0; x <= sizes_.treated; ++x) {
            for (std::int64_t y = 0; y <= sizes_.control; ++y) {
                if (rejects(x, y)) add(x, y);
            }
        }
    }

    double all = 0, finite = 0, wrong = 0, exaggeration = 0, fragile = 0, changes = 0;
    std::map<std::int64_t, double> by_index;

  private:
    void add(std::int64_t x, std::int64_t y) {
        const auto binomial = [](std::int64_t count, std::int64_t of, double p) {
            const auto k = static_cast<double>(count), n = static_cast<double>(of);
            return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)) *
                   std::pow(p, k) * std::pow(1 - p, n - k);
        };
        const double weight = binomial(x, sizes_.treated, rates_.treated) *
                              binomial(y, sizes_.control, rates_.control);
        const double a = static_cast<double>(x), b = static_cast<double>(sizes_.treated - x);
        const double c = static_cast<double>(y), d = static_cast<double>(sizes_.control - y);
        const double truth = std::log(rates_.treated / (1 - rates_.treated)) -
                             std::log(rates_.control / (1 - rates_.control));
        all += weight;
        if (a * b * c * d > 0) {
            finite += weight;
            exaggeration += weight * std::abs(std::log(a * d / (b * c)) / truth);
        }
        if ((a * d - b * c) * truth < 0) wrong += weight;
        if (const auto k = fragility(x, y); k > 0) {
            fragile += weight;
            changes += weight * static_cast<double>(k);
            by_index[k] += weight;
        }
    }

    design::ArmSizes sizes_;
    design::Rates rates_;
    design::AnalysisPlan plan_;
    analysis::Judge judge_;
};

double median(const Loops& loops) {
    double sum = 0;
    for (const auto& [index, weight] : loops.by_index) {
        sum += weight;
        if (sum >= loops.all / 2) return static_cast<double>(index);
    }
    return std::numeric_limits<double>::infinity();
}

void compare(Trial& trial, design::Rates rates, const design::AnalysisPlan& plan) {
    tally::TableProbabilities tables;
    for (const auto& table : trial.judgement().tables()) {
        const auto [n, m] = trial.sizes();
        const double p =
            math::binomial_probabilities(n, rates.treated, 0,
                                         n)[static_cast<std::size_t>(table.treated.events)] *
            math::binomial_probabilities(m, rates.control, 0,
                                         m)[static_cast<std::size_t>(table.control.events)];
        tables.push_back(
            {static_cast<std::int32_t>(table.treated.events), static_cast<std::int32_t>(n),
             static_cast<std::int32_t>(table.control.events), static_cast<std::int32_t>(m), p});
    }
    const auto cell = summary::summarise(trial.design(rates), tables, trial.judgement());
    for (std::size_t i = 0; i < plan.tests.size(); ++i) {
        INFO(plan.tests[i].id);
        Loops loops(trial.sizes(), rates, plan.tests[i].id, plan);
        loops.run();
        const auto& test = cell.tests[i];
        CHECK(test.power.value == Approx(loops.all));
        CHECK(test.reject_finite.value == Approx(loops.finite / loops.all));
        CHECK(test.exaggeration_ratio.value == Approx(loops.exaggeration / loops.finite));
        CHECK(test.exaggeration_ratio.mcse == 0);
        CHECK(test.sign_error.value == Approx(loops.wrong / loops.all));
        CHECK(test.fragile.value == Approx(loops.fragile / loops.all));
        CHECK(test.fragility_mean.value == Approx(loops.changes / loops.fragile));
        CHECK(test.fragility_median.value == median(loops));
    }
}

}  // namespace

TEST_CASE("Exaggeration and sign errors of ten replicates are those counted by hand", "[exact]") {
    const auto cell = Trial(10, 10, only({{"pearson", {}}})).summarise(odds_ratio_9, ten);
    const auto& test = cell.tests.at(0);
    CHECK(test.n_reject == 5);
    CHECK(test.n_reject_finite == 4);
    CHECK(test.reject_finite.value == Approx(0.8));
    CHECK(test.reject_finite.mcse == Approx(std::sqrt(0.8 * 0.2 / 5)));
    // Odds ratios 1/81, 81, 81 and 36 against 9.
    const double last = std::log(36.0) / std::log(9.0);
    CHECK(test.exaggeration_ratio.value == Approx((6 + last) / 4));
    CHECK(test.exaggeration_ratio.mcse == Approx((2 - last) / 4));  // sd (2 - last) / 2, n = 4
    CHECK(test.n_reject_wrong_side == 1);
    CHECK(test.sign_error.value == Approx(0.2));
    CHECK(test.sign_error.mcse == Approx(std::sqrt(0.2 * 0.8 / 5)));
}

TEST_CASE("Fragility indices of ten replicates are those counted by hand", "[exact]") {
    const auto cell = Trial(10, 10, only({{"pearson", {}}})).summarise(odds_ratio_9, ten);
    const auto& test = cell.tests.at(0);
    // 4 for 1 v 9 and 9 v 1, 3 for 9 v 2, 7 for 10 v 0.
    CHECK(test.n_fragile == 5);
    CHECK(test.fragile.value == 1);
    CHECK(test.fragility_mean.value == Approx(22.0 / 5));
    CHECK(test.fragility_mean.mcse == Approx(std::sqrt((3 * 0.16 + 1.96 + 6.76) / 4 / 5)));
    CHECK(test.fragility_median.value == 4);
}

TEST_CASE("At no effect there is no exaggeration and no wrong side", "[exact]") {
    const auto cell = Trial(10, 10, only({{"pearson", {}}})).summarise({0.3, 0.3}, ten);
    CHECK(std::isnan(cell.tests.at(0).exaggeration_ratio.value));
    CHECK(std::isnan(cell.tests.at(0).sign_error.value));
    CHECK(cell.tests.at(0).n_reject_wrong_side == 0);
    CHECK(cell.tests.at(0).fragility_mean.value == Approx(22.0 / 5));
}

TEST_CASE("Equal rates are no effect against a margin too, and when rounding tells them apart",
          "[exact]") {
    auto plan = only({{"score", {}}});
    plan.sides = design::Sides::one;
    plan.null = {design::Measure::risk_difference, -0.15};
    for (const double treated : {0.3, 0.1 + 0.2}) {
        const auto cell = Trial(10, 10, plan).summarise({treated, 0.3}, ten);
        CHECK(cell.tests.at(0).n_reject > 0);
        CHECK(std::isnan(cell.tests.at(0).exaggeration_ratio.value));
        CHECK(std::isnan(cell.tests.at(0).sign_error.value));
        CHECK(cell.tests.at(0).n_reject_wrong_side == 0);
    }
}

TEST_CASE("An infinite truth is never exaggerated yet has a wrong side", "[exact]") {
    const auto cell = Trial(10, 10, only({{"pearson", {}}})).summarise({1, 0.3}, ten);
    CHECK(std::isnan(cell.tests.at(0).exaggeration_ratio.value));
    CHECK(cell.tests.at(0).sign_error.value == Approx(0.2));
}

TEST_CASE("A test that rejects nothing has nothing to say about rejected trials", "[exact]") {
    const std::vector<Weighted<std::int64_t>> null{{5, 5, 7}};
    const auto cell = Trial(10, 10, only({{"pearson", {}}})).summarise(odds_ratio_9, null);
    const auto& test = cell.tests.at(0);
    for (const auto& figure : {test.exaggeration_ratio, test.reject_finite, test.sign_error,
                               test.fragility_mean, test.fragility_median, test.fragile}) {
        CHECK(std::isnan(figure.value));
        CHECK(std::isnan(figure.mcse));
    }
}

TEST_CASE("What is said of rejected trials is what direct loops over all tables find", "[exact]") {
    auto plan = only({{"pearson", {}}, {"fisher", {}}, {"fisher-midp", {}}, {"wald", {}}});
    SECTION("two sides, equal arms") {
        Trial trial(12, 12, plan);
        compare(trial, {0.7, 0.2}, plan);
    }
    SECTION("two sides, unequal arms, a lower rate under treatment") {
        Trial trial(7, 19, plan);
        compare(trial, {0.3, 0.6}, plan);
    }
    SECTION("one side") {
        plan.sides = design::Sides::one;
        Trial trial(15, 9, plan);
        compare(trial, {0.8, 0.35}, plan);
    }
}

TEST_CASE("A fragility index does not depend on which other tables were drawn", "[property]") {
    const auto plan = std::make_shared<const design::AnalysisPlan>(only({{"fisher", {}}}));
    Trial whole(20, 14, *plan);
    for (const Table2x2& table : whole.judgement().tables()) {
        const std::vector<Weighted<std::int64_t>> one{
            {static_cast<std::int32_t>(table.treated.events),
             static_cast<std::int32_t>(table.control.events), 1}};
        analysis::Judgement alone(plan, {table});
        alone.judge(0, 1);
        const auto a = whole.summarise(odds_ratio_9, one).tests.at(0);
        const auto b =
            summary::summarise({whole.sizes(), odds_ratio_9, plan}, whole.rows(one), alone)
                .tests.at(0);
        CHECK(a.n_fragile == b.n_fragile);
        CHECK((a.fragility_mean.value == b.fragility_mean.value || a.n_fragile == 0));
    }
}

TEST_CASE("Designs of more than 2^20 tables have no fragility index", "[exact]") {
    const auto plan = std::make_shared<const design::AnalysisPlan>(only({{"pearson", {}}}));
    for (const std::int32_t n : {1023, 1024}) {
        analysis::Judgement judgement(plan, {{{900, n}, {100, n}}});
        judgement.judge(0, 1);
        const tally::TableCounts rows{{900, n, 100, n, 3}};
        const auto cell = summary::summarise({{n, n}, odds_ratio_9, plan}, rows, judgement);
        CHECK(cell.tests.at(0).n_reject == 3);
        CHECK(std::isnan(cell.tests.at(0).fragility_mean.value) == (n == 1024));
        CHECK(cell.tests.at(0).exaggeration_ratio.value > 1);
    }
}
