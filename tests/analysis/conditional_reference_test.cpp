#include "analysis/conditional_support.hpp"
#include "support/reference.hpp"

#include <array>
#include <string>

#include <catch2/catch.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::estimate;
using conditional::interval;
using conditional::test;

struct ExpectedP {
    const char* key;
    const char* id;
    double PValues::*side;
};

constexpr std::array expected_p_values{
    ExpectedP{"fisher_minlike", "fisher", &PValues::two_sided},
    ExpectedP{"fisher_greater", "fisher", &PValues::greater},
    ExpectedP{"fisher_less", "fisher", &PValues::less},
    ExpectedP{"fisher_central", "fisher-central", &PValues::two_sided},
    ExpectedP{"fisher_greater", "fisher-central", &PValues::greater},
    ExpectedP{"fisher_less", "fisher-central", &PValues::less},
    ExpectedP{"fisher_blaker", "fisher-blaker", &PValues::two_sided},
    ExpectedP{"fisher_greater", "fisher-blaker", &PValues::greater},
    ExpectedP{"fisher_less", "fisher-blaker", &PValues::less},
    ExpectedP{"midp_minlike_half_ties", "fisher-midp", &PValues::two_sided},
    ExpectedP{"midp_greater", "fisher-midp", &PValues::greater},
    ExpectedP{"midp_less", "fisher-midp", &PValues::less},
    ExpectedP{"midp_central", "fisher-midp-central", &PValues::two_sided},
    ExpectedP{"midp_greater", "fisher-midp-central", &PValues::greater},
    ExpectedP{"midp_less", "fisher-midp-central", &PValues::less},
};

struct ExpectedMethod {
    const char* key;
    const char* id;
};

constexpr std::array expected_intervals{
    ExpectedMethod{"cornfield_exact", "cornfield-exact"},
    ExpectedMethod{"cornfield_midp", "cornfield-midp"},
    ExpectedMethod{"baptista_pike_exact", "baptista-pike"},
    ExpectedMethod{"baptista_pike_midp", "baptista-pike-midp"},
};

constexpr std::array expected_estimates{
    ExpectedMethod{"or_cmle", "conditional-mle"},
    ExpectedMethod{"or_median_unbiased_midp", "median-unbiased"},
};

rsasim::design::Table2x2 table_of(const reference::Json& entry) {
    return reference::table(entry.at("input").at("table"));
}

}  // namespace

TEST_CASE("Conditional P-values equal those of other programs", "[reference]") {
    int compared = 0;
    for (const auto& entry : reference::entries("table_pvalue")) {
        for (const ExpectedP& row : expected_p_values) {
            if (!entry.at("expected").contains(row.key)) continue;
            const Finding finding = test(row.id)(table_of(entry));
            INFO(entry.at("id") << " " << row.id << " " << row.key << ": "
                                << finding.p_value.*row.side);
            CHECK(finding.status == Status::ok);
            CHECK(reference::agrees(finding.p_value.*row.side, entry.at("expected").at(row.key),
                                    entry.at("tolerance")));
            ++compared;
        }
    }
    CHECK(compared >= 17 * 15);
}

TEST_CASE("Conditional limits of the odds ratio equal those of other programs", "[reference]") {
    int compared = 0;
    for (const auto& entry : reference::entries("table_or_ci")) {
        const double level = entry.at("input").at("level");
        for (const ExpectedMethod& row : expected_intervals) {
            if (!entry.at("expected").contains(row.key)) continue;
            const Interval limits = interval(row.id, level)(table_of(entry)).interval;
            INFO(entry.at("id") << " " << row.id << ": " << limits.lower << ", " << limits.upper);
            const auto& expected = entry.at("expected").at(row.key);
            CHECK(reference::agrees(limits.lower, expected.at(0), entry.at("tolerance")));
            CHECK(reference::agrees(limits.upper, expected.at(1), entry.at("tolerance")));
            ++compared;
        }
    }
    CHECK(compared >= 2 * 20 + 2 * 17);
}

TEST_CASE("Conditional estimates of the odds ratio equal those of other programs", "[reference]") {
    int compared = 0;
    for (const auto& entry : reference::entries("table_or_ci")) {
        for (const ExpectedMethod& row : expected_estimates) {
            if (!entry.at("expected").contains(row.key)) continue;
            const double value = estimate(row.id)(table_of(entry)).estimate;
            INFO(entry.at("id") << " " << row.id << ": " << value);
            CHECK(
                reference::agrees(value, entry.at("expected").at(row.key), entry.at("tolerance")));
            ++compared;
        }
    }
    CHECK(compared >= 17 + 14);
}

TEST_CASE("The published trial has the conditional findings computed for it elsewhere",
          "[reference]") {
    const rsasim::design::Table2x2 table{{60, 75}, {47, 74}};
    CHECK(test("fisher")(table).p_value.two_sided == Approx(0.029612).margin(5e-7));
    CHECK(test("fisher-blaker")(table).p_value.two_sided == Approx(0.029612).margin(5e-7));
    CHECK(test("fisher-central")(table).p_value.two_sided == Approx(0.039306).margin(5e-7));
    CHECK(test("fisher-midp")(table).p_value.two_sided == Approx(0.023554).margin(5e-7));
    CHECK(test("fisher-midp-central")(table).p_value.two_sided == Approx(0.027189).margin(5e-7));
    const auto has_limits = [&](const char* id, double lower, double upper) {
        const Interval limits = interval(id)(table).interval;
        INFO(id);
        CHECK(limits.lower == Approx(lower).margin(5e-7));
        CHECK(limits.upper == Approx(upper).margin(5e-7));
    };
    has_limits("cornfield-exact", 1.037261, 5.188347);
    has_limits("cornfield-midp", 1.095985, 4.876465);
    has_limits("baptista-pike", 1.088431, 4.953059);
    CHECK(estimate("conditional-mle")(table).estimate == Approx(2.284915).margin(5e-7));
    CHECK(estimate("median-unbiased")(table).estimate == Approx(2.276502).margin(5e-7));
}

TEST_CASE(
    "Four of eight against none has a mid-P below 0.05 and a closed mid-P hull that ends at 1",
    "[reference]") {
    const rsasim::design::Table2x2 table{{4, 8}, {0, 8}};
    CHECK(test("fisher-midp")(table).p_value.two_sided == Approx(0.03846).margin(5e-6));
    CHECK(interval("baptista-pike-midp")(table).interval.lower == 1);
}
