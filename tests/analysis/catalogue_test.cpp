#include "judging.hpp"
#include "printed_examples.hpp"
#include "published_trial.hpp"
#include "reference_keys.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

#include <catch2/catch.hpp>

namespace analysis = rsasim::analysis;
using judging::Measure;
using judging::MethodRow;
using judging::Role;

namespace {

constexpr auto* unconditional_limits =
    "Unconditional limits are where the P-value of a dense search crosses alpha";

/// Methods without a number from outside, and the case that proves them.
constexpr std::array exact_evidence{
    std::tuple{Role::estimate, Measure::odds_ratio, std::string_view{"gart"},
               "Estimates of the published trial are the fractions of its counts"},
    std::tuple{Role::test, Measure::odds_ratio, std::string_view{"score-exact"},
               "The score test at a margin has the supremum that a dense search over its line "
               "finds"},
    std::tuple{Role::interval, Measure::odds_ratio, std::string_view{"unconditional-score"},
               unconditional_limits},
    std::tuple{Role::interval, Measure::odds_ratio, std::string_view{"chan-zhang"},
               unconditional_limits},
    std::tuple{Role::interval, Measure::risk_difference, std::string_view{"unconditional-score"},
               unconditional_limits},
    std::tuple{Role::interval, Measure::risk_difference, std::string_view{"chan-zhang"},
               unconditional_limits},
};

bool has_reference(const MethodRow& row) {
    return std::ranges::any_of(reference_keys::keys(),
                               [&](const reference_keys::Key& key) {
                                   return key.role == row.role && key.id == row.id &&
                                          key.measure == row.measure;
                               }) ||
           (row.role == Role::test &&
            std::ranges::any_of(published_trial::p_values(),
                                [&](const auto& known) { return known.test == row.id; })) ||
           (row.role == Role::interval &&
            std::ranges::any_of(published_trial::limits(),
                                [&](const auto& known) {
                                    return known.measure == row.measure && known.interval == row.id;
                                })) ||
           (row.role == Role::interval &&
            std::ranges::any_of(printed_examples::intervals(), [&](const auto& known) {
                return known.measure == row.measure && known.interval == row.id;
            }));
}

bool has_exact_evidence(const MethodRow& row) {
    return std::ranges::any_of(exact_evidence, [&](const auto& evidence) {
        return std::get<0>(evidence) == row.role && std::get<1>(evidence) == row.measure &&
               std::get<2>(evidence) == row.id;
    });
}

/// Books without a DOI.
constexpr std::array<std::string_view, 1> books{"Rothman and Greenland 1998"};

bool is_doi(std::string_view text) {
    return text.substr(0, 3) == "10." && text.find('/') != std::string_view::npos;
}

bool is_id(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

TEST_CASE("Every method is defined in a few words that fit beside its P-value or limits",
          "[property]") {
    constexpr std::size_t longest = 36;
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(judging::describe(row));
        CHECK(!row.brief.empty());
        CHECK(row.brief.size() <= longest);
        CHECK(std::ranges::count(row.brief, ' ') <= 6);
    }
}

TEST_CASE("Every id of the catalogue is unique for its role and measure", "[exact]") {
    std::set<std::tuple<Role, Measure, std::string_view>> seen;
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(judging::describe(row));
        CHECK(is_id(row.id));
        CHECK(seen.emplace(row.role, row.measure, row.id).second);
    }
}

TEST_CASE("Titles tell the methods of a role and measure apart", "[exact]") {
    std::set<std::tuple<Role, Measure, std::string_view>> seen;
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(judging::describe(row));
        CHECK(seen.emplace(row.role, row.measure, row.title).second);
    }
}

TEST_CASE("Every row has a title, a family, a definition, a citation and a DOI or book",
          "[exact]") {
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(judging::describe(row));
        CHECK_FALSE(row.title.empty());
        CHECK_FALSE(row.family.empty());
        CHECK_FALSE(row.definition.empty());
        CHECK(row.definition.back() == '.');
        CHECK(std::ranges::any_of(row.citation, [](char c) { return c >= '0' && c <= '9'; }));
        const bool is_book = std::ranges::find(books, row.citation) != books.end();
        CHECK((is_book ? row.doi.empty() : is_doi(row.doi)));
        CHECK(row.prepare != nullptr);
    }
}

TEST_CASE("Every row has reference numbers or a named exact proof", "[exact]") {
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(judging::describe(row));
        CHECK((has_reference(row) || has_exact_evidence(row)));
    }
}

TEST_CASE("The catalogue lists tests, then intervals, then estimates", "[exact]") {
    const auto rows = analysis::catalogue();
    CHECK(std::ranges::is_sorted(rows, {}, &MethodRow::role));
    CHECK(analysis::find_method(Role::test, "pearson") == rows.data());
    CHECK(rows.front().id == "pearson");
}

TEST_CASE("A method is found by role, id and measure, and only so", "[exact]") {
    const auto* row = analysis::find_method(Role::interval, "score", Measure::risk_ratio);
    REQUIRE(row != nullptr);
    CHECK(row->measure == Measure::risk_ratio);
    CHECK(analysis::find_method(Role::interval, "score")->measure == Measure::odds_ratio);
    CHECK(analysis::find_method(Role::test, "pearson", Measure::risk_ratio) != nullptr);
    CHECK(analysis::find_method(Role::interval, "katz", Measure::odds_ratio) == nullptr);
    CHECK(analysis::find_method(Role::test, "woolf") == nullptr);
    CHECK(analysis::find_method(Role::test, "") == nullptr);
}

TEST_CASE("Unknown methods, unknown options and impossible confidence are refused", "[exact]") {
    const auto prepare = [](const rsasim::design::MethodChoice& choice, double confidence) {
        return analysis::prepare(Role::test, Measure::odds_ratio, choice, {{10, 10}, confidence});
    };
    CHECK_THROWS_AS(prepare({"persson", {}}, 0.95), std::invalid_argument);
    CHECK_THROWS_AS(prepare({"pearson", {{"gamma", 0.1}}}, 0.95), std::invalid_argument);
    CHECK_THROWS_AS(prepare({"pearson", {}}, 0), std::invalid_argument);
    CHECK_THROWS_AS(prepare({"pearson", {}}, 1), std::invalid_argument);
    CHECK_NOTHROW(prepare({"pearson", {}}, 0.5));
}

TEST_CASE("Every pair for the agreement audit names rows of the catalogue, once", "[exact]") {
    std::set<std::tuple<std::string_view, Measure, std::string_view>> seen;
    for (const auto& pair : analysis::standard_pairs()) {
        INFO(pair.test << ", " << pair.interval);
        CHECK(analysis::find_method(Role::test, pair.test) != nullptr);
        CHECK(analysis::find_method(Role::interval, pair.interval, pair.measure) != nullptr);
        CHECK(seen.emplace(pair.test, pair.measure, pair.interval).second);
    }
    CHECK(seen.count({"pearson", Measure::odds_ratio, "score"}) == 1);
}

TEST_CASE("Every status has its own name", "[exact]") {
    using analysis::Status;
    CHECK(name_of(Status::ok) == "ok");
    CHECK(name_of(Status::degenerate) == "degenerate");
    CHECK(name_of(Status::undefined) == "undefined");
    CHECK(name_of(Status::not_converged) == "not_converged");
    CHECK(name_of(Status::too_large) == "too_large");
}

TEST_CASE("A method that prepares for no sizes judges tables of any sizes", "[property]") {
    const rsasim::design::Table2x2 tables[] = {
        {{7, 12}, {3, 11}}, {{0, 5}, {4, 9}}, {{40, 60}, {20, 50}}};
    const auto alike = [](double a, double b) {
        return a == b || (std::isnan(a) && std::isnan(b));
    };
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.prepares_sizes) continue;
        const rsasim::design::MethodChoice choice{std::string(row.id), {}};
        const auto elsewhere = analysis::prepare(row.role, row.measure, choice, {{100, 200}});
        for (const auto& table : tables) {
            INFO(row.id << " on " << rsasim::design::name_of(row.measure));
            const rsasim::design::ArmSizes sizes{table.treated.n, table.control.n};
            const auto here = analysis::prepare(row.role, row.measure, choice, {sizes})(table);
            const auto there = elsewhere(table);
            CHECK(here.status == there.status);
            CHECK(alike(here.p_value.two_sided, there.p_value.two_sided));
            CHECK(alike(here.p_value.greater, there.p_value.greater));
            CHECK(alike(here.interval.lower, there.interval.lower));
            CHECK(alike(here.interval.upper, there.interval.upper));
            CHECK(alike(here.estimate, there.estimate));
            CHECK(alike(here.standard_error, there.standard_error));
        }
    }
}

TEST_CASE("Unconditional methods, and no others, prepare for the sizes of the arms", "[property]") {
    for (const MethodRow& row : analysis::catalogue()) {
        INFO(row.id);
        CHECK(row.prepares_sizes == (row.family == "exact unconditional"));
    }
}
