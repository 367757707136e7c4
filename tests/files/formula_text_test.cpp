#include "formula_json.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace rsasim;
using files::FormulaRow;

namespace {

std::vector<FormulaRow> known_rows() {
    planning::FormulaQuestion question;
    question.rates = {0.8, 0.6351};
    std::vector<FormulaRow> rows;
    for (const auto& size : planning::all_formula_sizes(question))
        rows.push_back({size, {}});
    return rows;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("The table of formulas has a row for each, within 100 columns", "[exact]") {
    auto rows = known_rows();
    rows.front().exact_power = 0.905;
    const std::string text = files::formulas_to_text(rows, false);
    CHECK(rows.size() == planning::all_formulas.size());
    for (const FormulaRow& row : rows)
        CHECK(contains(text, std::string(planning::title_of(row.size.formula))));
    CHECK(contains(text, "by enumeration"));
    CHECK(contains(text, "n treated"));
    CHECK(contains(text, "0.905000\n"));
    CHECK(contains(text, "–\n"));
}

TEST_CASE("The exact power has a column only where there is one", "[exact]") {
    CHECK_FALSE(contains(files::formulas_to_text(known_rows(), false), "exact"));
}

TEST_CASE("Without a formula that applies the table says so", "[exact]") {
    CHECK(contains(files::formulas_to_text({}, false), "No formula answers this question"));
    CHECK(files::formulas_json({}).dump() == "[]");
}

TEST_CASE("The array of formulas has every number, and a status for what is missing", "[exact]") {
    auto rows = known_rows();
    rows.front().exact_power = 0.905;
    const auto json = files::formulas_json(rows);
    REQUIRE(json.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& size = rows[i].size;
        CHECK(json[i].at("id") == planning::id_of(size.formula));
        CHECK(json[i].at("title") == planning::title_of(size.formula));
        CHECK(json[i].at("n_treated") == size.sizes.treated);
        CHECK(json[i].at("n_control") == size.sizes.control);
        CHECK(json[i].at("n_treated_real") == size.real.treated);
        CHECK(json[i].at("n_control_real") == size.real.control);
        CHECK(json[i].at("power") == size.power);
        CHECK(json[i].at("exact_power").is_null() == json[i].contains("status"));
    }
    CHECK(json[0].at("exact_power") == 0.905);
    CHECK(json[1].at("status").at("exact_power") == "not computed");
}
