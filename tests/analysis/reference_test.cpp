#include "support/reference.hpp"

#include "judging.hpp"
#include "reference_keys.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace {

using judging::Finding;
using reference_keys::Key;
using reference_keys::Part;

double number_of(const Finding& finding, Part part) {
    switch (part) {
        case Part::statistic:
            return finding.statistic;
        case Part::two_sided:
            return finding.p_value.two_sided;
        case Part::greater:
            return finding.p_value.greater;
        case Part::less:
            return finding.p_value.less;
        default:
            return finding.estimate;
    }
}

void check_part(const Finding& finding, Part part, const reference::Json& expected,
                const reference::Json& tolerance) {
    if (part != Part::interval) {
        INFO("expected " << expected.dump() << ", got " << number_of(finding, part));
        CHECK(reference::agrees(number_of(finding, part), expected, tolerance));
        return;
    }
    INFO("expected " << expected.dump() << ", got " << finding.interval.lower << " to "
                     << finding.interval.upper);
    CHECK(reference::agrees(finding.interval.lower, expected.at(0), tolerance));
    CHECK(reference::agrees(finding.interval.upper, expected.at(1), tolerance));
}

/// Checks one expected value with every method that it stands for; false where none is known.
bool check_expectation(const reference::Json& entry, const std::string& name,
                       const reference::Json& expected) {
    bool is_known = reference_keys::is_foreign(name);
    const auto table = reference::table(entry.at("input").at("table"));
    const double level = entry.at("input").value("level", judging::usual_confidence);
    for (const Key& key : reference_keys::keys()) {
        if (entry.at("kind") != key.kind || name != key.key) continue;
        is_known = true;
        if (rsasim::analysis::find_method(key.role, key.id, key.measure) == nullptr) continue;
        INFO(judging::describe(table) << ", " << name << " by " << key.id);
        const auto finding =
            judging::judge(key.role, key.measure, std::string(key.id), table, level);
        check_part(finding, key.part, expected, entry.at("tolerance"));
    }
    return is_known;
}

void check_kind(const std::string& kind) {
    for (const reference::Json& entry : reference::entries(kind)) {
        for (const auto& [name, expected] : entry.at("expected").items()) {
            INFO("entry " << entry.at("id"));
            if (!check_expectation(entry, name, expected)) {
                FAIL_CHECK("no method is known for the key " << name);
            }
        }
    }
}

}  // namespace

TEST_CASE("Statistics and P-values agree with every reference table", "[reference]") {
    check_kind("table_pvalue");
}

TEST_CASE("Unconditional P-values agree with every reference table", "[reference]") {
    check_kind("table_pvalue_unconditional");
}

TEST_CASE("Odds ratio intervals and estimates agree with every reference table", "[reference]") {
    check_kind("table_or_ci");
}

TEST_CASE("Risk difference and risk ratio agree with every reference table", "[reference]") {
    check_kind("table_rd_rr_ci");
}
