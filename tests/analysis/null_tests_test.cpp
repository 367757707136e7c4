#include "conditional_support.hpp"
#include "judging.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::Support;
using rsasim::design::Effect;
using rsasim::design::Measure;
using rsasim::design::Table2x2;

constexpr std::int64_t largest_arm = 12;
constexpr double alpha = 0.025;

PValues p_values(const std::string& id, const Table2x2& table, const Effect& null) {
    Setting setting{{table.treated.n, table.control.n}};
    setting.null = null;
    return prepare(Role::test, Measure::odds_ratio, {id, {}}, setting)(table).p_value;
}

/// All P-values of Fisher's tests at an odds ratio, from the weights of all tables in long double.
class NoncentralSums {
  public:
    NoncentralSums(const Support& support, double odds_ratio) : observed_(support.observed) {
        long double power = 1;
        for (const std::int64_t weight : support.weights) {
            weights_.push_back(static_cast<long double>(weight) * power);
            power *= static_cast<long double>(odds_ratio);
        }
        for (const long double weight : weights_)
            total_ += weight;
    }

    [[nodiscard]] double greater(double share) const { return fraction(upper(observed_), share); }
    [[nodiscard]] double less(double share) const { return fraction(lower(observed_), share); }
    [[nodiscard]] double minlike(double share) const {
        constexpr long double slack = 1e-12L;
        long double sum = 0, tied = 0;
        for (const long double weight : weights_) {
            const long double ratio = weight / own();
            if (ratio <= 1 + slack) sum += weight;
            if (std::abs(ratio - 1) <= slack) tied += weight;
        }
        return static_cast<double>((sum - (1 - static_cast<long double>(share)) * tied) / total_);
    }
    [[nodiscard]] double blaker() const {
        constexpr long double slack = 1e-12L;
        const auto tail = [&](std::size_t i) { return std::min(upper(i), lower(i)); };
        long double sum = 0;
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            if (tail(i) <= tail(observed_) * (1 + slack)) sum += weights_[i];
        }
        return static_cast<double>(sum / total_);
    }

  private:
    [[nodiscard]] long double own() const { return weights_[observed_]; }
    [[nodiscard]] long double upper(std::size_t from) const {
        long double sum = 0;
        for (std::size_t i = from; i < weights_.size(); ++i)
            sum += weights_[i];
        return sum;
    }
    [[nodiscard]] long double lower(std::size_t to) const {
        long double sum = 0;
        for (std::size_t i = 0; i <= to; ++i)
            sum += weights_[i];
        return sum;
    }
    [[nodiscard]] double fraction(long double tail, double share) const {
        return static_cast<double>((tail - (1 - static_cast<long double>(share)) * own()) / total_);
    }

    std::size_t observed_;
    std::vector<long double> weights_;
    long double total_ = 0;
};

/// The number of P-values of a table that differ from the sums.
int wrong_fisher_values(const Table2x2& table, double odds_ratio) {
    const NoncentralSums sums(conditional::support_of(table), odds_ratio);
    const auto p = [&](const char* id) {
        return p_values(id, table, {Measure::odds_ratio, odds_ratio});
    };
    const auto doubled = [&](double share) {
        return std::min(1.0, 2 * std::min(sums.greater(share), sums.less(share)));
    };
    const PValues fisher = p("fisher"), midp = p("fisher-midp");
    const std::array pairs{
        std::pair{fisher.greater, sums.greater(1)},
        std::pair{fisher.less, sums.less(1)},
        std::pair{fisher.two_sided, sums.minlike(1)},
        std::pair{midp.greater, sums.greater(0.5)},
        std::pair{midp.less, sums.less(0.5)},
        std::pair{midp.two_sided, sums.minlike(0.5)},
        std::pair{p("fisher-central").two_sided, doubled(1)},
        std::pair{p("fisher-midp-central").two_sided, doubled(0.5)},
        std::pair{p("fisher-blaker").two_sided, sums.blaker()},
    };
    int wrong = 0;
    for (const auto& [value, expected] : pairs) {
        if (!conditional::is_close(value, expected, 1e-12)) ++wrong;
    }
    return wrong;
}

constexpr std::array margins{
    Effect{Measure::odds_ratio, 0.8},       Effect{Measure::odds_ratio, 2.5},
    Effect{Measure::risk_difference, -0.1}, Effect{Measure::risk_difference, 0.15},
    Effect{Measure::risk_ratio, 0.75},      Effect{Measure::risk_ratio, 1.25},
};

/// Tables where "P <= alpha" and "the limit at 1 - 2 alpha excludes the margin" differ, by more
/// than rounding.
int contradictions(const std::string& test, const std::string& interval, const Effect& null) {
    int found = 0;
    conditional::for_each_table(largest_arm, [&](const Table2x2& table) {
        const PValues p = p_values(test, table, null);
        const Interval limits =
            judging::interval(null.measure, interval, table, 1 - 2 * alpha).interval;
        const auto differs = [&](double p_value, double limit, bool is_excluded) {
            return rejects(p_value, alpha) != is_excluded &&
                   !(std::abs(limit - null.value) < 1e-9 && std::abs(p_value - alpha) < 1e-9);
        };
        found += differs(p.greater, limits.lower, limits.lower > null.value) ? 1 : 0;
        found += differs(p.less, limits.upper, limits.upper < null.value) ? 1 : 0;
    });
    return found;
}

}  // namespace

TEST_CASE("Fisher's tests at an odds ratio are the sums of the noncentral weights", "[exact]") {
    for (const double odds_ratio : {0.05, 0.8, 2.5}) {
        int wrong = 0;
        conditional::for_each_table(largest_arm, [&](const Table2x2& table) {
            wrong += wrong_fisher_values(table, odds_ratio);
        });
        INFO("odds ratio " << odds_ratio);
        CHECK(wrong == 0);
    }
}

TEST_CASE("A margin is rejected on every small table where the interval lies beyond it",
          "[exact]") {
    for (const Effect& null : margins) {
        INFO(name_of(null.measure) << " " << null.value);
        CHECK(contradictions("score", "score", null) == 0);
        CHECK(contradictions("score-n1", "miettinen-nurminen", null) == 0);
        if (null.measure != Measure::odds_ratio) continue;
        CHECK(contradictions("fisher-central", "cornfield-exact", null) == 0);
        CHECK(contradictions("fisher-midp-central", "cornfield-midp", null) == 0);
    }
}

TEST_CASE("At no effect the score tests are Pearson's, whatever the scale", "[exact]") {
    for (const Measure measure : rsasim::design::all_measures) {
        const Effect none{measure, rsasim::design::no_effect(measure)};
        int different = 0;
        const auto is_same = [](const PValues& p, const PValues& q) {
            const auto equal = [](double a, double b) {
                return a == b || (std::isnan(a) && std::isnan(b));
            };
            return equal(p.two_sided, q.two_sided) && equal(p.greater, q.greater) &&
                   equal(p.less, q.less);
        };
        conditional::for_each_table(largest_arm, [&](const Table2x2& table) {
            if (!is_same(p_values("score", table, none), judging::test("pearson", table).p_value))
                ++different;
            if (!is_same(p_values("score-n1", table, none),
                         judging::test("pearson-n1", table).p_value))
                ++different;
        });
        CHECK(different == 0);
    }
}

TEST_CASE("Only the methods that have a margin are prepared for it", "[exact]") {
    for (const MethodRow& row : catalogue()) {
        if (row.role != Role::test) continue;
        for (const Effect& null : margins) {
            Setting setting{{20, 20}};
            setting.null = null;
            const auto prepared = [&] {
                return prepare(Role::test, row.measure, {std::string(row.id), {}}, setting);
            };
            INFO(row.id << " at " << name_of(null.measure));
            if (has_null(row, null)) {
                CHECK_NOTHROW(prepared());
            } else {
                CHECK_THROWS_AS(prepared(), std::invalid_argument);
            }
        }
    }
}
