#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>
#include <support/women.hpp>

#include <rsasim/tally/patient_tally.hpp>

using namespace rsasim;
using analysis::Finding;
using design::lanes;
using tally::Part;
using tally::PatientLayout;
using tally::PatientTally;

namespace {

std::shared_ptr<const PatientLayout> layout() {
    static const auto made = std::make_shared<const PatientLayout>(test::trial_of_women());
    return made;
}

/// Findings of a batch in which the three methods have these two-sided P-values in every lane.
struct Batch {
    explicit Batch(std::vector<double> p_values)
        : findings(p_values.size() * lanes),
          tables(lanes, design::Table2x2{{12, 20}, {9, 20}}),
          characteristics(layout()->characteristics().size() * lanes, 0.25) {
        for (std::size_t i = 0; i < findings.size(); ++i) {
            Finding& finding = findings[i];
            finding.status = analysis::Status::ok;
            finding.estimate = 2;
            finding.standard_error = 0.5;
            finding.interval = {1.1, 4};
            const double p = p_values[i / lanes];
            finding.p_value = {p, p / 2, 1 - p / 2};
        }
    }
    [[nodiscard]] tally::BatchFindings view(std::size_t live = lanes) const {
        return {live, findings, tables, characteristics};
    }

    std::vector<Finding> findings;
    std::vector<design::Table2x2> tables;
    std::vector<double> characteristics;
};

/// Whether a decision holds in all lanes (or none) of a batch with these P-values.
bool holds(std::vector<double> p_values, const std::string& label) {
    PatientTally found(layout());
    found.add(Batch(std::move(p_values)).view(), Part::main);
    for (std::size_t i = 0; i < layout()->decisions().size(); ++i) {
        if (layout()->decisions()[i].label != label) continue;
        const std::size_t test = layout()->tests().size() + i;
        return found.words()[layout()->both(test, test)] == static_cast<std::int64_t>(lanes);
    }
    FAIL("no such decision: " << label);
    return false;
}

}  // namespace

TEST_CASE("A 128-bit sum carries between its words", "[exact]") {
    std::int64_t words[2] = {-1, 0};  // 2^64 - 1
    tally::add_wide(words, 1);
    CHECK(words[0] == 0);
    CHECK(words[1] == 1);
    tally::add_wide(words, -1);
    CHECK(words[0] == -1);
    CHECK(words[1] == 0);
    std::int64_t negative[2] = {0, 0};
    tally::add_wide(negative, -5);
    CHECK(tally::wide_of(negative) == -5);
}

TEST_CASE("Sums in fixed point are the sums of the numbers to 2^-33 each", "[exact]") {
    std::int64_t words[tally::moment_words] = {};
    for (const double x : {0.5, -3.25, 1000.125, -1e-3}) {
        REQUIRE(tally::fits(x));
        tally::add_moments(words, x);
    }
    const auto [sum, squares] = tally::moments_of(words);
    CHECK(static_cast<double>(sum) == Approx(997.374).epsilon(1e-12));
    CHECK(static_cast<double>(squares) == Approx(0.25 + 10.5625 + 1000250.015625 + 1e-6));
    CHECK_FALSE(tally::fits(std::numeric_limits<double>::quiet_NaN()));
    CHECK_FALSE(tally::fits(0x1p20));
}

TEST_CASE("A width lies within 1/64 of its bin's middle", "[property]") {
    for (const double width : {0.001, 0.3, 1.0, 2.5, 77.0}) {
        const double middle = tally::WidthBins::width_at(tally::WidthBins::bin_of(std::log(width)));
        CHECK(std::abs(std::log(middle / width)) <= 1.0 / 128 + 1e-12);
    }
    CHECK(std::isinf(tally::WidthBins::width_at(
        tally::WidthBins::bin_of(std::numeric_limits<double>::infinity()))));
    CHECK(tally::WidthBins::bin_of(-std::numeric_limits<double>::infinity()) == 0);
}

TEST_CASE("Any order of merging gives the same words and tables", "[property]") {
    std::vector<PatientTally> parts(3, PatientTally(layout()));
    parts[0].add(Batch({0.01, 0.2, 0.03}).view(), Part::pilot);
    Batch other({0.04, 0.01, 0.9});
    other.tables[3] = {{20, 20}, {0, 20}};
    parts[1].add(other.view(5), Part::main);
    Batch degenerate({0.5, 0.5, 0.5});
    degenerate.findings[0] = Finding{};
    degenerate.tables[0] = {{1, 19}, {3, 21}};
    parts[2].add(degenerate.view(1), Part::main);
    PatientTally forward(layout()), backward(layout());
    for (const auto& part : parts)
        forward.merge(part);
    backward.merge(parts[2]);
    backward.merge(parts[1]);
    backward.merge(parts[0]);
    CHECK(forward.words() == backward.words());
    const auto a = forward.tables(), b = backward.tables();
    CHECK(a.rejections == b.rejections);
    CHECK(a.pilot == b.pilot);
    REQUIRE(a.tables.size() == b.tables.size());
    CHECK(forward.words()[layout()->trials()] == 8 + 5 + 1);
    CHECK(tally::trials_in(a.tables) == 14);
}

TEST_CASE("Holm, Bonferroni and the fixed sequence decide as their definitions say", "[exact]") {
    // Endpoints: the first method and the third, at level 0.05.
    CHECK(holds({0.04, 1, 0.03}, "fixed-sequence(logistic)"));
    CHECK(holds({0.04, 1, 0.03}, "fixed-sequence(welch[marker])"));
    CHECK_FALSE(holds({0.06, 1, 0.001}, "fixed-sequence(welch[marker])"));
    CHECK_FALSE(holds({0.04, 1, 0.03}, "holm(any)"));
    CHECK(holds({0.04, 1, 0.02}, "holm(all)"));
    CHECK(holds({0.001, 1, 0.06}, "holm(logistic)"));
    CHECK_FALSE(holds({0.001, 1, 0.06}, "holm(welch[marker])"));
    CHECK(holds({0.04, 1, 0.02}, "bonferroni(welch[marker])"));
    CHECK_FALSE(holds({0.04, 1, 0.02}, "bonferroni(logistic)"));
    // Neither null is true, so that no rejection is an error.
    CHECK_FALSE(holds({0.001, 1, 0.001}, "holm(family-wise error)"));
}

TEST_CASE("A missing P-value rejects nothing and stops the fixed sequence", "[exact]") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(holds({none, 1, 0.001}, "fixed-sequence(any)"));
    CHECK(holds({none, 1, 0.001}, "holm(welch[marker])"));
}

TEST_CASE("A tally is rebuilt from its words and tables, and refuses those of another layout",
          "[property]") {
    PatientTally tally(layout());
    tally.add(Batch({0.01, 0.2, 0.03}).view(), Part::pilot);
    tally.add(Batch({0.04, 0.01, 0.9}).view(5), Part::main);
    PatientTally rebuilt(layout());
    rebuilt.merge(tally.words(), tally.tables());
    CHECK(rebuilt.words() == tally.words());
    CHECK(rebuilt.tables().pilot == tally.tables().pilot);
    CHECK(rebuilt.tables().rejections == tally.tables().rejections);
    CHECK(rebuilt.tables().pilot_rejections == tally.tables().pilot_rejections);
    auto words = tally.words();
    words.pop_back();
    CHECK_THROWS_AS(rebuilt.merge(words, tally.tables()), std::invalid_argument);
    auto tables = tally.tables();
    tables.rejections.pop_back();
    CHECK_THROWS_AS(rebuilt.merge(tally.words(), tables), std::invalid_argument);
}
