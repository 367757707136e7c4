#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/analysis/patient_methods.hpp>

using namespace rsasim;
using analysis::PatientFamily;

TEST_CASE("Patient-level rows are found by their id and measure, and are complete", "[property]") {
    std::set<std::string> seen, tests;
    for (const auto& row : analysis::patient_catalogue()) {
        INFO(row.id);
        CHECK(analysis::find_patient_method(row.id, row.measure) == &row);
        const auto measure = row.measure ? design::name_of(*row.measure) : std::string_view("none");
        CHECK(seen.insert(std::string(row.id) + "/" + std::string(measure)).second);
        CHECK(tests.insert(std::string(row.test_id)).second);
        CHECK(!row.title.empty());
        CHECK(!row.brief.empty());
        CHECK(row.brief.size() <= 36);
        CHECK(row.definition.back() == '.');
        CHECK(!row.citation.empty());
        CHECK(row.doi.substr(0, 3) == "10.");
        CHECK((row.measure.has_value() || !row.has_interval));
    }
    CHECK(analysis::find_patient_method("logistic", {}) == nullptr);
    CHECK(analysis::find_patient_method("pearson", {}) == nullptr);
}

TEST_CASE("Choices that cannot be prepared are refused", "[exact]") {
    const auto prepare = [](PatientFamily family, const std::string& id,
                            std::optional<design::Measure> measure, double confidence) {
        design::PatientChoice choice;
        choice.id = id;
        choice.measure = measure;
        analysis::PatientSetting setting;
        setting.women = 10;
        setting.confidence = confidence;
        return analysis::prepare_family(family, std::vector{choice}, setting);
    };
    using enum design::Measure;
    CHECK(prepare(PatientFamily::firth, "firth", conditional_odds_ratio, 0.9) != nullptr);
    CHECK_THROWS_AS(prepare(PatientFamily::firth, "firth", conditional_odds_ratio, 1),
                    std::invalid_argument);
    CHECK_THROWS_AS(prepare(PatientFamily::firth, "logistic", conditional_odds_ratio, 0.9),
                    std::invalid_argument);
    CHECK_THROWS_AS(prepare(PatientFamily::maximum_likelihood, "logistic", odds_ratio, 0.9),
                    std::invalid_argument);
    CHECK_THROWS_AS(prepare(PatientFamily::rerandomisation, "rerandomisation", {}, 0.9),
                    std::logic_error);
}
