

#include "support/reference.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/analysis/jeffreys_fit.hpp>

using rsasim::analysis::FitStatus;
using rsasim::analysis::JeffreysFit;

namespace {

/// A file of numbers under one line of names; the first column is the outcome.
JeffreysFit fit_of_file(const std::string& path, std::size_t columns) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path);
    JeffreysFit fit(500, columns);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string cell;
        std::getline(cells, cell, ',');
        const double outcome = std::stod(cell);
        std::vector<double> row{1.0};
        while (std::getline(cells, cell, ','))
            row.push_back(std::stod(cell));
        fit.add(row, outcome);
    }
    return fit;
}

}  // namespace

TEST_CASE("A fit without women, or of dependent columns, is collinear", "[exact]") {
    JeffreysFit fit(10, 2);
    CHECK(fit.fit() == FitStatus::collinear);
    for (int i = 0; i < 6; ++i)
        fit.add(std::array{1.0, 0.1}, i % 2);
    CHECK(fit.fit() == FitStatus::collinear);
    fit.clear();
    fit.add(std::array{1.0, 2.0}, 1);
    CHECK(fit.fit() == FitStatus::collinear);
}

TEST_CASE("Firth's intercept is the log odds with 1/2 added to events and others", "[exact]") {
    JeffreysFit fit(30, 1);
    for (const int events : {0, 3, 17, 20}) {
        fit.clear();
        for (int i = 0; i < 20; ++i)
            fit.add(std::array{1.0}, i < events ? 1 : 0);
        REQUIRE(fit.fit() == FitStatus::ok);
        CHECK(fit.coefficients()[0] ==
              Approx(std::log((events + 0.5) / (20.5 - events))).epsilon(1e-10).margin(1e-10));
    }
}

TEST_CASE("Firth's fit of the sex2 data is logistf's", "[reference]") {
    bool is_found = false;
    for (const auto& entry : reference::entries("logistic_firth")) {
        if (entry.at("id") != "logistic_firth-sex2") continue;
        is_found = true;
        JeffreysFit fit = fit_of_file(std::string(RSASIM_REFERENCE_DIR) + "/data/sex2.csv", 7);
        REQUIRE(fit.fit() == FitStatus::ok);
        const auto& expected = entry.at("expected");
        for (std::size_t j = 0; j < 7; ++j) {
            CHECK(reference::agrees(fit.coefficients()[j], expected.at("coef")[j],
                                    entry.at("tolerance")));
            CHECK(reference::agrees(fit.standard_error(j), expected.at("se_inverse_information")[j],
                                    entry.at("tolerance")));
        }
    }
    CHECK(is_found);
}

TEST_CASE("A penalty that bends nearly as much as the likelihood does not stop the fit",
          "[reference]") {
    // One arm of a simulated trial, where scoring takes more than 100 steps. Maximum of the
    // penalised likelihood by mpmath with 50 digits, from differences of the function itself.
    constexpr double women[][2] = {
        {0.5470432776716789, 1},   {0.6054864428862361, 1},    {-3.1965592414044584, 1},
        {0.31094226908048056, 1},  {-2.1874777263683276, 1},   {0.9707825590184904, 0},
        {-1.7952618215969356, 1},  {-0.025350582817197306, 1}, {-0.010727614839807605, 1},
        {0.6950471412078465, 0},   {0.15276366726018012, 1},   {-0.808829364962349, 1},
        {-0.6949842357953085, 1},  {1.024155061642346, 1},     {1.0134110022674097, 1},
        {-2.6615942057855535, 1},  {-1.3437231386032187, 1},   {0.03090947279494409, 1},
        {-0.08242957764740391, 1}, {0.27389221155514726, 1},   {-0.571594253881578, 1},
        {-2.485320534464598, 1},   {0.4015721766004467, 1},    {1.0165077738356232, 1},
        {0.41780400706388926, 1}};
    JeffreysFit fit(25, 2);
    for (const auto& [age, outcome] : women)
        fit.add(std::array{1.0, age}, outcome);
    REQUIRE(fit.fit() == FitStatus::ok);
    CHECK(fit.coefficients()[0] == Approx(2.4379470969500038491).epsilon(1e-11));
    CHECK(fit.coefficients()[1] == Approx(-1.4840173992759307653).epsilon(1e-11));
    CHECK(fit.standard_error(0) == Approx(0.964336406781273543).epsilon(1e-9));
    CHECK(fit.standard_error(1) == Approx(1.31260005967968082).epsilon(1e-9));
}

TEST_CASE("A fit with the slope held at 0 has the intercept's score alone", "[exact]") {
    // With b_1 = 0 all p are equal, the h add up to 2, and the score is (events + 1) - (n + 2) p.
    JeffreysFit fit(20, 2);
    for (int i = 0; i < 20; ++i)
        fit.add(std::array{1.0, i / 10.0}, i % 3 == 0 ? 1 : 0);
    REQUIRE(fit.fit() == FitStatus::ok);
    REQUIRE(fit.fit_with_last(0) == FitStatus::ok);
    CHECK(fit.coefficients()[0] == Approx(std::log(8.0 / 14)).epsilon(1e-12));
    CHECK(fit.coefficients()[1] == 0);
}

TEST_CASE("Separated outcomes leave finite coefficients", "[exact]") {
    JeffreysFit fit(20, 2);
    for (int i = 0; i < 20; ++i)
        fit.add(std::array{1.0, i / 10.0}, i < 9 ? 0 : 1);
    REQUIRE(fit.fit() == FitStatus::ok);
    CHECK(std::isfinite(fit.coefficients()[1]));
    CHECK(fit.coefficients()[1] > 0);
}
