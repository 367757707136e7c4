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

TEST_CASE("Estimates far from 0 are exact where data overlap by one woman", "[reference]") {
    // Simulated trials of 20 women with three covariates. Maximum likelihood by mpmath, 40 digits.
    const patient::TrialData wide{
        {1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0},
        {1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0},
        {{0.21003035581893595, 1.2283861355292123,  -0.3444096706406293, -0.8920670065679529,
          0.5829577472706219,  1.6806787677059307,  0.41362081803226974, 1.2959764920357488,
          -0.9880700810271366, 0.4667910327028957,  0.4246209811636914,  0.46063430184567483,
          -0.9329198532573589, 1.351169351960093,   -0.3262852498805645, 1.321366479461709,
          0.7790326669636736,  -0.4843874242656478, -0.1843517951755495, -0.5763922396025504},
         {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0},
         {2.3110186808471243, 3.144109669301027,  1.3625612299402015, 0.2717167873533942,
          3.430623771194525,  2.269120019226602,  1.6743398608865474, 0.5284653392504498,
          2.3566954793406087, 2.7054141812977934, 0.7679101716743287, 0.9646264402903821,
          3.360765005705832,  5.007650176769858,  2.6436280525544484, 0.6526446414227022,
          0.9188674335009691, 3.3499792102309773, 0.2927510492969694, 1.2856032378247346}}};
    const patient::TrialData wider{
        {1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0},
        {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1},
        {{-0.5784233089768089, 0.6956292202695379,  -0.9890012421847795,  -0.44861827221648704,
          0.9318240806843813,  0.6910147380372805,  1.089348438473184,    0.5816098323637219,
          0.5887718412138512,  -0.4510789858402606, -3.017013075100269,   0.39060690106922236,
          -1.8368113441634832, -1.255709517808703,  -0.39213491028812836, 0.7725700597826339,
          -0.9908132592563281, -1.4437697711762043, -0.6940106396030147,  0.8435923779485766},
         {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0},
         {1.981988854098002,  1.4191883145428783, 1.0057528170268641,  0.6194895412551483,
          4.504777539645564,  2.714802717645594,  3.609842983962984,   3.1421440172525603,
          3.3961995718213855, 2.541498621624375,  0.27192711389948043, 0.986630799968811,
          2.008574195888206,  1.6844698758212064, 1.5739927762757933,  5.431635343117195,
          2.395614153864594,  1.1251907564463615, 2.133964639956892,   2.0045365344519532}}};
    const patient::Asked logistic{"logistic", design::Measure::conditional_odds_ratio};
    constexpr auto family = analysis::PatientFamily::maximum_likelihood;
    const auto found = patient::find_all(family, {logistic}, {wide, wider});
    REQUIRE(found[0][0].status == Status::ok);
    CHECK(std::log(found[0][0].estimate) == Approx(12.801321361418284).epsilon(1e-9));
    CHECK(found[0][0].standard_error == Approx(688.890363064561).epsilon(1e-8));
    REQUIRE(found[1][0].status == Status::ok);
    CHECK(std::log(found[1][0].estimate) == Approx(17.704438041009608).epsilon(1e-9));
    CHECK(found[1][0].standard_error == Approx(16.4318738283841).epsilon(1e-8));
}
