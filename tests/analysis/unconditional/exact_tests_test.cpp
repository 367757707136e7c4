#include "analysis/judging.hpp"
#include "support/reference.hpp"
#include "table/cells.hpp"
#include "table/score_statistic.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/binomial.hpp>

namespace {

using judging::Finding;
using judging::Measure;
using judging::Role;
using judging::Table2x2;
using rsasim::analysis::Decision;
using rsasim::analysis::Judge;
using rsasim::analysis::Setting;
using rsasim::analysis::Tail;
using rsasim::design::ArmSizes;
using rsasim::design::Effect;

constexpr std::pair<std::string_view, std::string_view> reference_names[] = {
    {"zpooled_exact", "z-pooled-exact"},
    {"zunpooled_exact", "z-unpooled-exact"},
    {"lr_exact", "likelihood-ratio-exact"},
    {"boschloo_minlike", "boschloo"},
};

constexpr std::string_view all_ids[] = {"boschloo", "boschloo-central", "z-pooled-exact",
                                        "z-unpooled-exact", "likelihood-ratio-exact"};

Judge prepared(std::string_view id, const Setting& setting, double gamma = 0) {
    rsasim::design::MethodChoice choice{std::string(id), {}};
    if (gamma > 0) choice.options["berger-boos"] = gamma;
    return rsasim::analysis::prepare(Role::test, Measure::odds_ratio, choice, setting);
}

template <class Visit>
void for_each_table(const ArmSizes& sizes, Visit&& visit) {
    for (std::int64_t x1 = 0; x1 <= sizes.treated; ++x1) {
        for (std::int64_t x0 = 0; x0 <= sizes.control; ++x0) {
            visit(Table2x2{{x1, sizes.treated}, {x0, sizes.control}});
        }
    }
}

/// The probability of a tail at a pair of rates, by direct summation.
template <class IsInTail>
double tail_probability(const ArmSizes& sizes, const rsasim::design::Rates& rates,
                        IsInTail&& is_in_tail) {
    const auto treated = rsasim::math::binomial_probabilities(sizes.treated, rates.treated);
    const auto control = rsasim::math::binomial_probabilities(sizes.control, rates.control);
    double sum = 0;
    for_each_table(sizes, [&](const Table2x2& table) {
        if (is_in_tail(table)) {
            sum += treated[table.treated.events] * control[table.control.events];
        }
    });
    return sum;
}

/// The largest probability of a tail over 2,001 control rates.
template <class IsInTail>
double dense_supremum(const ArmSizes& sizes, const Effect& null, IsInTail&& is_in_tail) {
    double largest = 0;
    for (int i = 0; i <= 2000; ++i) {
        const double rate = i / 2000.0;
        const double other = rsasim::design::treated_rate_for(null.measure, null.value, rate);
        if (!(other >= 0 && other <= 1)) continue;
        largest = std::max(largest, tail_probability(sizes, {other, rate}, is_in_tail));
    }
    return largest;
}

}  // namespace

TEST_CASE("Berger-Boos P-values agree with every reference table", "[reference]") {
    for (const reference::Json& entry : reference::entries("table_pvalue_berger_boos")) {
        const Table2x2 table = reference::table(entry.at("input").at("table"));
        const double gamma = entry.at("input").at("gamma").get<double>();
        for (const auto& [name, id] : reference_names) {
            const auto judge = prepared(id, {{table.treated.n, table.control.n}}, gamma);
            INFO(entry.at("id") << ", " << id);
            CHECK(reference::agrees(judge(table).p_value.two_sided,
                                    entry.at("expected").at(std::string(name)),
                                    entry.at("tolerance")));
        }
    }
}

TEST_CASE("The P-value of the pooled z test is the supremum that a dense search finds",
          "[property]") {
    const ArmSizes sizes{9, 6};
    const auto judge = prepared("z-pooled-exact", {sizes});
    const auto pearson =
        rsasim::analysis::prepare(Role::test, Measure::odds_ratio, {"pearson", {}}, {sizes});
    const auto statistic = [&](const Table2x2& table) {
        return table.has_empty_margin() ? 0 : pearson(table).statistic;
    };
    for_each_table(sizes, [&](const Table2x2& table) {
        const double bound = statistic(table) * (1 - 1e-9);
        const double found = dense_supremum(
            sizes, Effect{}, [&](const Table2x2& other) { return statistic(other) >= bound; });
        const double p = judge(table).p_value.two_sided;
        INFO(judging::describe(table) << ": " << p << ", search " << found);
        CHECK(p >= found * (1 - 1e-12));
        CHECK(p <= found * (1 + 1e-4));
    });
}

TEST_CASE("The score test is the pooled z test at no effect, on any scale", "[exact]") {
    const ArmSizes sizes{11, 7};
    const auto pooled = prepared("z-pooled-exact", {sizes});
    for (const Measure measure : rsasim::design::all_measures) {
        const auto score = prepared(
            "score-exact", {sizes, 0.95, {}, {measure, rsasim::design::no_effect(measure)}});
        for_each_table(sizes, [&](const Table2x2& table) {
            INFO(judging::describe(table));
            const auto expected = pooled(table).p_value, p = score(table).p_value;
            CHECK(p.two_sided == Approx(expected.two_sided).epsilon(1e-9));
            CHECK(p.greater == Approx(expected.greater).epsilon(1e-9));
            CHECK(p.less == Approx(expected.less).epsilon(1e-9));
        });
    }
}

TEST_CASE("The score test at a margin has the supremum that a dense search over its line finds",
          "[property]") {
    const ArmSizes sizes{8, 6};
    for (const Effect& null : {Effect{Measure::risk_difference, -0.2},
                               Effect{Measure::risk_ratio, 0.7}, Effect{Measure::odds_ratio, 3}}) {
        const auto judge = prepared("score-exact", {sizes, 0.95, {}, null});
        const auto score = [&](const Table2x2& table) {
            return rsasim::analysis::score_z(rsasim::analysis::cells_of(table), null);
        };
        for_each_table(sizes, [&](const Table2x2& table) {
            const double found = dense_supremum(sizes, null, [&](const Table2x2& other) {
                return score(other) >= score(table) - 1e-8;
            });
            const double p = judge(table).p_value.greater;
            INFO(judging::describe(table) << " at " << rsasim::design::name_of(null.measure) << " "
                                          << null.value << ": " << p << ", search " << found);
            CHECK(p >= found * (1 - 1e-12));
            CHECK(p <= found * (1 + 1e-4));
        });
    }
}

TEST_CASE("A decision is the comparison of the P-value with alpha, on every table and tail",
          "[property]") {
    for (const ArmSizes& sizes : {ArmSizes{12, 12}, ArmSizes{11, 5}, ArmSizes{1, 8}}) {
        for (const std::string_view id : all_ids) {
            const auto full = prepared(id, {sizes});
            for (const Tail tail : {Tail::two_sided, Tail::greater, Tail::less}) {
                for (const double alpha : {0.001, 0.05, 0.3}) {
                    const auto deciding =
                        prepared(id, {sizes, 0.95, {}, {}, Decision{tail, alpha}});
                    for_each_table(sizes, [&](const Table2x2& table) {
                        INFO(id << ", " << judging::describe(table) << ", alpha " << alpha);
                        const double p = full(table).p_value.of(tail);
                        const double decided = deciding(table).p_value.of(tail);
                        CHECK(rsasim::analysis::rejects(p, alpha) ==
                              rsasim::analysis::rejects(decided, alpha));
                    });
                }
            }
        }
    }
}

TEST_CASE("A Berger-Boos decision is the comparison of its P-value with alpha", "[property]") {
    const ArmSizes sizes{10, 8};
    const auto full = prepared("boschloo", {sizes}, 1e-3);
    const auto deciding =
        prepared("boschloo", {sizes, 0.95, {}, {}, Decision{Tail::two_sided, 0.05}}, 1e-3);
    for_each_table(sizes, [&](const Table2x2& table) {
        INFO(judging::describe(table));
        CHECK(rsasim::analysis::rejects(full(table).p_value.two_sided, 0.05) ==
              rsasim::analysis::rejects(deciding(table).p_value.two_sided, 0.05));
    });
}

TEST_CASE("Berger-Boos at a margin searches the interval of the control arm alone", "[property]") {
    const ArmSizes sizes{7, 6};
    const Effect null{Measure::risk_difference, -0.2};
    constexpr double gamma = 0.02;
    const auto judge = prepared("score-exact", {sizes, 0.95, {}, null}, gamma);
    for_each_table(sizes, [&](const Table2x2& table) {
        const auto score = [&](const Table2x2& other) {
            return rsasim::analysis::score_z(rsasim::analysis::cells_of(other), null);
        };
        const auto [x, n] = table.control;
        double found = 0;
        for (int i = 400; i <= 2000; ++i) {  // control rates below 0.2 do not have the difference
            const double rate = i / 2000.0;
            // Clopper-Pearson holds the rates at which neither tail of x is below gamma / 2.
            if (rsasim::math::binomial_cdf(x, n, rate) < gamma / 2) continue;
            if (rsasim::math::binomial_upper_tail(x - 1, n, rate) < gamma / 2) continue;
            found = std::max(found, tail_probability(sizes, {rate - 0.2, rate}, [&](const auto& u) {
                                 return score(u) >= score(table) - 1e-8;
                             }));
        }
        const double p = judge(table).p_value.greater;
        INFO(judging::describe(table) << ": " << p << ", search " << found + gamma);
        CHECK(p >= std::min(1.0, found + gamma) * (1 - 1e-12));
        if (found > 0) CHECK(p <= (found + gamma) * 1.01);
    });
}

TEST_CASE("More than four million tables are too large, not slow", "[exact]") {
    const auto judge = prepared("boschloo", {{10'000, 10'000}});
    CHECK(judge({{5, 10'000}, {9, 10'000}}).status == rsasim::analysis::Status::too_large);
}
