#include <array>
#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/analysis/coefficients.hpp>

namespace analysis = rsasim::analysis;
namespace design = rsasim::design;
using analysis::PatientFamily;
using analysis::Status;

namespace {

/// One trial in lane 2 with two features: i from 0 in each arm, z = (17 i mod 23) / 10 - 1, x = (53
/// i mod 97) / 7, event where (29 i + 7 arm) mod 31 < 14 + 5 arm - 6 z.
struct OneLane {
    static constexpr std::size_t lane = 2, women = 84;
    design::Column treated = column(), outcome = column(), z = column(), x = column();
    design::PatientColumns columns;

    OneLane() {
        for (std::size_t woman = 0; woman < women; ++woman) {
            const int arm = woman < 44 ? 0 : 1, i = static_cast<int>(woman) - (arm == 0 ? 0 : 44);
            const std::size_t place = woman * design::lanes + lane;
            treated[place] = arm;
            z[place] = 17 * i % 23 / 10.0 - 1;
            x[place] = 53 * i % 97 / 7.0;
            outcome[place] = (29 * i + 7 * arm) % 31 < 14 + 5 * arm - 6 * z[place] ? 1 : 0;
        }
        columns.women = women;
        columns.live = lane + 1;
        columns.treated = treated.data();
        columns.outcome = outcome.data();
        columns.adjust = {z.data(), x.data()};
    }
    static design::Column column() { return design::Column(women * design::lanes, 0.0); }
};

}  // namespace

TEST_CASE("Coefficients and their errors are those of R's glm", "[reference]") {
    const OneLane data;
    const auto found =
        analysis::coefficients_of(PatientFamily::maximum_likelihood, data.columns, OneLane::lane);
    REQUIRE(found.status == Status::ok);
    // R 4.2: glm(y ~ a + z + x, binomial, control = list(epsilon = 1e-14)).
    constexpr std::array estimates{-0.264861832048249923, 0.584595025364164189,
                                   -1.313364024400970331, 0.012830572682430888};
    constexpr std::array errors{0.514551307915683043, 0.482450868936758870, 0.385141788199680368,
                                0.060651693115145247};
    REQUIRE(found.values.size() == estimates.size());
    for (std::size_t j = 0; j < estimates.size(); ++j) {
        CHECK(found.values[j].estimate == Approx(estimates[j]).epsilon(1e-8));
        CHECK(found.values[j].standard_error == Approx(errors[j]).epsilon(1e-7));
    }
}

TEST_CASE("A separated outcome has no coefficients but Firth's", "[exact]") {
    OneLane data;
    for (std::size_t woman = 0; woman < OneLane::women; ++woman) {
        const std::size_t place = woman * design::lanes + OneLane::lane;
        data.outcome[place] = data.z[place] > 0 ? 1 : 0;
    }
    const auto of = [&](PatientFamily family) {
        return analysis::coefficients_of(family, data.columns, OneLane::lane);
    };
    CHECK(of(PatientFamily::maximum_likelihood).status == Status::separated);
    CHECK(of(PatientFamily::maximum_likelihood).values.empty());
    REQUIRE(of(PatientFamily::firth).status == Status::ok);
    CHECK(of(PatientFamily::firth).values[2].estimate > 0);
    data.columns.adjust[1] = data.columns.adjust[0];
    CHECK(of(PatientFamily::firth).status == Status::collinear);
    CHECK_THROWS_AS(of(PatientFamily::biomarker), std::invalid_argument);
}
