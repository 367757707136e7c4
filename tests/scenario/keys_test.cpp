#include "reading.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <rsasim/scenario/keys.hpp>
#include <rsasim/scenario/patient_keys.hpp>
#include <rsasim/scenario/scenario.hpp>

using namespace rsasim::scenario;

TEST_CASE("Every key has a meaning, and a rule where it can be wrong", "[property]") {
    std::set<std::string_view> paths;
    for (const KeyRow& row : keys()) {
        INFO(row.path);
        CHECK(paths.insert(row.path).second);
        CHECK(find_key(row.path) == &row);
        CHECK_FALSE(row.meaning.empty());
        if (row.kind != Kind::choice) {
            CHECK_FALSE(row.rule.empty());
            CHECK(row.remedy.back() == '.');
        }
        CHECK(row.flag.empty() == row.value_name.empty());
    }
    const Vocabulary vocabulary;
    CHECK(vocabulary.find("arms") == nullptr);
    CHECK(vocabulary.is_table("arms"));
    CHECK(vocabulary.is_table("arms.n"));
    CHECK_FALSE(vocabulary.is_table("arm"));
    CHECK_FALSE(vocabulary.is_table("arms.total"));
}

TEST_CASE("The flags of the contract are all there, each once", "[exact]") {
    std::set<std::string_view> names;
    for (const FlagRow& row : flags()) {
        CHECK(names.insert(row.flag).second);
        CHECK_FALSE(row.help.empty());
        CHECK_FALSE(row.value_name.empty());
        const bool may_repeat = row.flag == "--n" || row.flag == "--ratio" || row.flag == "--set";
        CHECK(row.is_repeatable == may_repeat);
    }
    for (const std::string_view flag :
         {"--n", "--total", "--ratio", "--control-rate", "--treated-rate", "--odds-ratio",
          "--risk-ratio", "--risk-difference", "--alpha", "--sides", "--confidence", "--tests",
          "--intervals", "--replicates", "--seed", "--precision", "--set"}) {
        INFO(flag);
        CHECK(names.contains(flag));
    }
}

TEST_CASE("Every key is described in the README of the scenarios", "[property]") {
    const std::string text =
        test::file_text(std::string(RSASIM_SOURCE_DIR) + "/scenarios/README.md");
    for (const KeyRow& row : keys()) {
        INFO(row.path);
        CHECK(text.find(fmt::format("`{}`", row.path)) != std::string::npos);
        CHECK(text.find(row.flag) != std::string::npos);
    }
    for (const auto& rows : {patient_keys(), entry_keys()}) {
        for (const KeyRow& row : rows) {
            INFO(row.path);
            CHECK(text.find(fmt::format("`{}`", row.path)) != std::string::npos);
        }
    }
}

TEST_CASE("Every key of the women has a meaning, and a rule where it can be wrong", "[property]") {
    for (const auto& rows : {patient_keys(), entry_keys()}) {
        for (const KeyRow& row : rows) {
            INFO(row.path);
            CHECK(row.level != Level::counts);
            CHECK_FALSE(row.meaning.empty());
            if (row.kind == Kind::choice) {
                CHECK_FALSE(row.words.empty());
            } else {
                CHECK_FALSE(row.rule.empty());
                CHECK(row.remedy.back() == '.');
            }
        }
    }
}

TEST_CASE("What a key takes is said in words", "[exact]") {
    CHECK(type_words(*find_key("arms.total")) == "a whole number from 2 to 200,000,000");
    CHECK(type_words(*find_key("arms.odds_ratio")) == "a number above 0");
    CHECK(type_words(*find_key("arms.risk_difference")) == "a number from -1 to 1");
    CHECK(type_words(*find_key("analysis.alpha")) == "a number between 0 and 1, without the ends");
    CHECK(type_words(*find_key("simulation.seed")) ==
          "a whole number from 0 to 9,223,372,036,854,775,807");
    CHECK(type_words(*find_key("trial.direction")) ==
          "\"higher-is-better\" or \"lower-is-better\"");
    CHECK(type_words(feature_row()) == "a number");
}
