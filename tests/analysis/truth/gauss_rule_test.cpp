#include "truth/gauss_rule.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim::analysis;

namespace {

double moment(const Rule& rule, int power) {
    double sum = 0;
    for (std::size_t i = 0; i < rule.points.size(); ++i)
        sum += rule.weights[i] * std::pow(rule.points[i], power);
    return sum;
}

}  // namespace

TEST_CASE("Legendre rules are exact for polynomials of twice their size", "[exact]") {
    for (const std::size_t n : {1U, 2U, 5U, 16U, 40U}) {
        const Rule rule = legendre_rule(n, 0, 2);
        for (int power = 0; power < 2 * static_cast<int>(n) && power < 30; ++power)
            CHECK(moment(rule, power) ==
                  Approx(std::pow(2, power + 1) / (power + 1)).epsilon(1e-12));
    }
}

TEST_CASE("The Gauss rule of atoms has the atoms' moments", "[exact]") {
    Rule atoms;
    for (int i = 0; i < 60; ++i) {
        atoms.points.push_back(i);
        atoms.weights.push_back(1.0 / (1 + i % 7));
    }
    const Rule rule = gauss_rule(atoms, 6);
    REQUIRE(rule.points.size() == 6);
    for (int power = 0; power < 12; ++power)
        CHECK(moment(rule, power) == Approx(moment(atoms, power)).epsilon(1e-11));
}

TEST_CASE("The normal rule has the moments of a normal variate", "[exact]") {
    for (const double sd : {0.3, 1.0, 2.5}) {
        const Rule rule = normal_rule(sd);
        CHECK(moment(rule, 0) == Approx(1).epsilon(1e-14));
        CHECK(moment(rule, 2) == Approx(sd * sd).epsilon(1e-11));
        CHECK(moment(rule, 4) == Approx(3 * std::pow(sd, 4)).epsilon(1e-10));
    }
}

TEST_CASE("Entries are averaged exactly however many there are", "[exact]") {
    for (const std::int64_t women : {1, 2, 12, 13, 149, 5000}) {
        const Rule rule = entries_rule(women);
        for (int power = 0; power < 10; ++power) {
            double sum = 0;
            for (std::int64_t entry = 0; entry < women; ++entry) {
                const double t =
                    women == 1 ? 0
                               : static_cast<double>(entry) / static_cast<double>(women - 1) - 0.5;
                sum += std::pow(t, power) / static_cast<double>(women);
            }
            CHECK(moment(rule, power) == Approx(sum).epsilon(1e-11).margin(1e-14));
        }
    }
}
