#include "patient/trial_data.hpp"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using analysis::Status;

namespace {

using Vector = std::array<int, 3>;

Vector cross(const Vector& a, const Vector& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

int dot(const Vector& a, const Vector& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// The signed rows (2y - 1) (1, arm, x) in whole numbers.
std::vector<Vector> signed_rows(const patient::TrialData& trial) {
    std::vector<Vector> rows;
    for (std::size_t i = 0; i < trial.outcome.size(); ++i) {
        const int sign = trial.outcome[i] > 0 ? 1 : -1;
        rows.push_back({sign, sign * static_cast<int>(trial.treated[i]),
                        sign * static_cast<int>(trial.adjust[0][i])});
    }
    return rows;
}

/// Exact, for columns of full rank: the cone of directions that are nowhere wrong is pointed, so
/// that it has an extreme ray if it is not 0 alone, and the ray is orthogonal to two rows.
bool is_separated(const std::vector<Vector>& rows) {
    for (const Vector& a : rows) {
        for (const Vector& b : rows) {
            const Vector ray = cross(a, b);
            if (ray == Vector{0, 0, 0}) continue;
            bool is_nowhere_wrong = true;
            for (const Vector& row : rows)
                is_nowhere_wrong = is_nowhere_wrong && dot(row, ray) >= 0;
            if (is_nowhere_wrong) return true;
        }
    }
    return false;
}

bool has_full_rank(const std::vector<Vector>& rows) {
    for (const Vector& a : rows) {
        for (const Vector& b : rows) {
            for (const Vector& c : rows)
                if (dot(a, cross(b, c)) != 0) return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("Separation is found exactly where the extreme rays of whole numbers show it",
          "[exact]") {
    std::uint64_t state = 12345;
    const auto below = [&](std::uint64_t n) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>((state >> 33) % n);
    };
    int separated = 0, found = 0;
    for (int round = 0; round < 3000; ++round) {
        patient::TrialData trial{{}, {}, {{}}};
        const std::uint64_t women = 6 + static_cast<std::uint64_t>(below(9)),
                            levels = 2 + round % 6;
        double events = 0;
        for (std::uint64_t i = 0; i < women; ++i) {
            trial.treated.push_back(below(2));
            trial.adjust[0].push_back(below(levels));
            trial.outcome.push_back(below(2 + round % 3) > 0 ? 1 : 0);
            events += trial.outcome.back();
        }
        const auto rows = signed_rows(trial);
        if (events == 0 || events == static_cast<double>(women)) continue;
        const auto finding =
            patient::find(analysis::PatientFamily::maximum_likelihood,
                          {"logistic", design::Measure::conditional_odds_ratio}, trial);
        INFO("round " << round);
        if (!has_full_rank(rows)) {
            CHECK(finding.status == Status::collinear);
        } else if (is_separated(rows)) {
            ++separated;
            CHECK(finding.status == Status::separated);
        } else {
            ++found;
            CHECK(finding.status == Status::ok);
            CHECK(finding.standard_error < 1e4);
        }
    }
    CHECK(separated > 500);
    CHECK(found > 500);
}

TEST_CASE("Data that hardly overlap have R's estimate, and else a status", "[reference]") {
    patient::TrialData trial{{}, {}, {{}}};
    for (int i = 0; i < 40; ++i) {
        trial.treated.push_back(i % 2);
        trial.adjust[0].push_back(i);
        trial.outcome.push_back(i >= 20 ? 1 : 0);
    }
    const patient::Asked logistic{"logistic", design::Measure::conditional_odds_ratio};
    constexpr auto family = analysis::PatientFamily::maximum_likelihood;
    CHECK(patient::find(family, logistic, trial).status == Status::separated);
    trial.outcome[19] = 1;
    trial.outcome[21] = 0;
    // R 4.2.2: glm(y ~ i + t, binomial, control = glm.control(1e-15, 100))
    const auto found = patient::find(family, logistic, trial);
    REQUIRE(found.status == Status::ok);
    CHECK(std::log(found.estimate) == Approx(-0.946887731959378).epsilon(1e-8));
    CHECK(found.standard_error == Approx(2.012346116523782).epsilon(1e-7));
    trial.outcome[18] = 1;
    trial.outcome[20] = 0;
    const auto wider = patient::find(family, logistic, trial);
    CHECK(std::log(wider.estimate) == Approx(-0.655054305247768).epsilon(1e-8));
    CHECK(wider.standard_error == Approx(1.644909466367283).epsilon(1e-7));
}
