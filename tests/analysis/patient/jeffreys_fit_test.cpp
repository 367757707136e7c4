

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

TEST_CASE("Separated outcomes leave finite coefficients", "[exact]") {
    JeffreysFit fit(20, 2);
    for (int i = 0; i < 20; ++i)
        fit.add(std::array{1.0, i / 10.0}, i < 9 ? 0 : 1);
    REQUIRE(fit.fit() == FitStatus::ok);
    CHECK(std::isfinite(fit.coefficients()[1]));
    CHECK(fit.coefficients()[1] > 0);
}
