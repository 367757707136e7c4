#include "replicate/sequence_law.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <boost/math/distributions/hypergeometric.hpp>
#include <catch2/catch.hpp>

#include <rsasim/resample/resampling.hpp>

using namespace rsasim;
using analysis::Finding;
using design::lanes;

namespace {

design::Design design_of(const design::Allocation& allocation, design::ArmSizes sizes) {
    const auto model = std::make_shared<design::PatientModel>();
    model->allocation = allocation;
    return {sizes,
            {0.5, 0.5},
            std::make_shared<const design::AnalysisPlan>(),
            {model, std::make_shared<const design::PatientTruth>()}};
}

design::Allocation by(design::Scheme scheme) {
    design::Allocation allocation;
    allocation.scheme = scheme;
    return allocation;
}

design::PatientChoice with_draws(double draws) {
    design::PatientChoice choice;
    choice.id = "rerandomisation";
    choice.options["draws"] = draws;
    return choice;
}

/// One trial, the same in every lane.
struct Trial {
    std::vector<int> treated, outcome, weight;
    std::vector<std::vector<int>> levels;  ///< [factor][woman]
};

/// Holds the columns of a trial.
struct TrialColumns {
    explicit TrialColumns(const Trial& trial, std::size_t live = lanes)
        : treated(in_lanes(trial.treated)),
          outcome(in_lanes(trial.outcome)),
          weight(in_lanes(trial.weight)) {
        columns.women = trial.treated.size();
        columns.live = live;
        columns.treated = treated.data();
        columns.outcome = outcome.data();
        if (!weight.empty()) columns.weight = weight.data();
        for (const auto& factor : trial.levels)
            levels.push_back(in_lanes(factor));
        for (const auto& level : levels)
            columns.allocation_levels.push_back(level.data());
    }
    static design::Column in_lanes(const std::vector<int>& values) {
        design::Column column;
        for (const int value : values)
            column.insert(column.end(), lanes, value);
        return column;
    }
    design::Column treated, outcome, weight;
    std::vector<design::Column> levels;
    design::PatientColumns columns;
};

std::vector<Finding> findings_of(const Trial& trial, const design::Design& design,
                                 const std::vector<design::PatientChoice>& choices,
                                 std::int64_t first = 0, std::size_t live = lanes) {
    const TrialColumns held(trial, live);
    analysis::PatientSetting setting;
    setting.women = trial.treated.size();
    const auto test = resample::prepare_rerandomisation(choices, setting, design);
    std::vector<Finding> findings(choices.size() * lanes);
    test->analyse(held.columns, {random::stream_key(7), first}, findings);
    return findings;
}

/// |P - (1 + D p) / (1 + D)| in standard errors of the mean of 8 lanes.
void check_tail(const std::vector<Finding>& findings, double analysis::PValues::*tail,
                double probability, double draws) {
    double mean = 0;
    for (const Finding& finding : findings) {
        REQUIRE(finding.status == analysis::Status::ok);
        mean += finding.p_value.*tail / static_cast<double>(findings.size());
    }
    const double expected = (1 + draws * probability) / (1 + draws);
    const double error = std::sqrt(std::max(0.0, probability * (1 - probability)) /
                                   (draws * static_cast<double>(findings.size())));
    CAPTURE(mean, expected, error);
    CHECK(std::abs(mean - expected) < 4.5 * error + 1e-12);
}

struct Tails {
    double two_sided = 0, greater = 0, less = 0;
};

void check_tails(const std::vector<Finding>& findings, const Tails& tails, double draws) {
    check_tail(findings, &analysis::PValues::two_sided, tails.two_sided, draws);
    check_tail(findings, &analysis::PValues::greater, tails.greater, draws);
    check_tail(findings, &analysis::PValues::less, tails.less, draws);
}

Tails hypergeometric_tails(unsigned x1, unsigned n1, unsigned x0, unsigned n0) {
    const boost::math::hypergeometric_distribution<double> law(x1 + x0, n1, n1 + n0);
    const auto difference = [&](unsigned x) {
        return static_cast<double>(x) / n1 - static_cast<double>(x1 + x0 - x) / n0;
    };
    Tails tails;
    const auto [lowest, highest] = boost::math::support(law);
    for (unsigned x = lowest; x <= highest; ++x) {
        const double p = boost::math::pdf(law, x);
        const double lag = difference(x) - difference(x1);
        if (lag > -1e-9) tails.greater += p;
        if (lag < 1e-9) tails.less += p;
        if (std::abs(difference(x)) > std::abs(difference(x1)) - 1e-9) tails.two_sided += p;
    }
    return tails;
}

Trial table_trial(int x1, int n1, int x0, int n0) {
    Trial trial;
    for (int i = 0; i < n1; ++i) {
        trial.treated.push_back(1);
        trial.outcome.push_back(i < x1 ? 1 : 0);
    }
    for (int i = 0; i < n0; ++i) {
        trial.treated.push_back(0);
        trial.outcome.push_back(i < x0 ? 1 : 0);
    }
    return trial;
}

double difference_of(const std::vector<int>& arms, const Trial& trial) {
    double events[2] = {0, 0};
    double women[2] = {0, 0};
    for (std::size_t i = 0; i < arms.size(); ++i) {
        if (!trial.weight.empty() && trial.weight[i] == 0) continue;
        ++women[arms[i]];
        events[arms[i]] += trial.outcome[i];
    }
    return events[1] / women[1] - events[0] / women[0];
}

/// Over all sequences of arms; an empty arm is extreme on every side.
Tails enumerated_tails(const Trial& trial, const design::Design& design) {
    const double observed = difference_of(trial.treated, trial);
    const std::size_t women = trial.treated.size();
    Tails tails;
    for (std::size_t code = 0; code < std::size_t{1} << women; ++code) {
        std::vector<int> arms(women);
        for (std::size_t i = 0; i < women; ++i)
            arms[i] = static_cast<int>(code >> i & 1);
        const double p =
            sequence_probability(design.patients()->allocation, design.sizes(), arms, trial.levels);
        const double drawn = difference_of(arms, trial);
        const bool is_empty = std::isnan(drawn);
        if (is_empty || drawn > observed - 1e-9) tails.greater += p;
        if (is_empty || drawn < observed + 1e-9) tails.less += p;
        if (is_empty || std::abs(drawn) > std::abs(observed) - 1e-9) tails.two_sided += p;
    }
    return tails;
}

}  // namespace

// |z| < 4.5 in each of 4 x 3: level 8e-5.
TEST_CASE("Under random allocation re-randomisation meets the hypergeometric law",
          "[statistical]") {
    constexpr double draws = 4000;
    const auto tables = {std::array{9, 15, 4, 14}, std::array{3, 10, 3, 10},
                         std::array{0, 12, 5, 11}, std::array{14, 20, 3, 10}};
    for (const auto& [x1, n1, x0, n0] : tables) {
        const auto design = design_of(by(design::Scheme::random_allocation), {n1, n0});
        const auto findings = findings_of(table_trial(x1, n1, x0, n0), design, {with_draws(draws)});
        const auto unsigned_of = [](int n) { return static_cast<unsigned>(n); };
        check_tails(findings,
                    hypergeometric_tails(unsigned_of(x1), unsigned_of(n1), unsigned_of(x0),
                                         unsigned_of(n0)),
                    draws);
        CHECK(findings[3].statistic == Approx(1.0 * x1 / n1 - 1.0 * x0 / n0));
    }
}

// |z| < 4.5 in each of 6 x 3: level 1.2e-4. A woman without known outcome is left out, but
// allotted.
TEST_CASE("Re-randomisation by any scheme meets the sum over all sequences", "[statistical]") {
    constexpr double draws = 4000;
    Trial trial;
    trial.treated = {1, 0, 1, 0, 0, 1, 1, 0, 1, 0};
    trial.outcome = {1, 0, 1, 1, 0, 1, 1, 0, 0, 0};
    trial.weight = {1, 1, 1, 1, 1, 1, 1, 1, 0, 1};
    trial.levels = {{0, 0, 1, 0, 1, 1, 0, 1, 0, 0}};
    auto blocks = by(design::Scheme::stratified_block);
    blocks.block_sizes = {4};
    blocks.strata = {{0, {1}, "severity"}};
    auto minimised = by(design::Scheme::minimisation);
    minimised.strata = blocks.strata;
    auto random_blocks = by(design::Scheme::permuted_block);
    random_blocks.block_sizes = {2, 4};
    for (const auto& allocation :
         {blocks, minimised, random_blocks, by(design::Scheme::complete),
          by(design::Scheme::truncated_binomial), by(design::Scheme::urn)}) {
        CAPTURE(design::name_of(allocation.scheme));
        const auto design = design_of(allocation, {5, 5});
        Trial seen = trial;
        if (allocation.strata.empty()) seen.levels.clear();
        check_tails(findings_of(seen, design, {with_draws(draws)}), enumerated_tails(seen, design),
                    draws);
    }
}

TEST_CASE("Stratified blocks respect the strata, where random allocation does not", "[exact]") {
    Trial trial;
    trial.treated = {1, 0, 0, 1, 1, 0, 0, 1};
    trial.outcome = {1, 1, 1, 1, 0, 0, 0, 0};
    trial.levels = {{0, 0, 0, 0, 1, 1, 1, 1}};
    auto blocks = by(design::Scheme::stratified_block);
    blocks.block_sizes = {4};
    blocks.strata = {{0, {1}, "severity"}};
    // Outcome is the stratum, and each stratum one block: every draw has the difference 0.
    for (const auto& finding : findings_of(trial, design_of(blocks, {4, 4}), {with_draws(99)}))
        CHECK(finding.p_value.two_sided == 1);
    trial.treated = {1, 1, 1, 1, 0, 0, 0, 0};
    for (const auto& finding : findings_of(trial, design_of(blocks, {4, 4}), {with_draws(99)})) {
        CHECK(finding.p_value.two_sided == 0.01);
        CHECK(finding.p_value.greater == 0.01);
        CHECK(finding.p_value.less == 1);
    }
}

TEST_CASE("A trial alone and fewer draws of it are those of the batch", "[property]") {
    const Trial trial = table_trial(9, 15, 4, 14);
    const auto design = design_of(by(design::Scheme::random_allocation), {15, 14});
    const auto both = findings_of(trial, design, {with_draws(500), with_draws(99)}, 40);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const auto alone =
            findings_of(trial, design, {with_draws(99)}, 40 + static_cast<std::int64_t>(lane), 1);
        CHECK(alone[0].p_value.two_sided == both[lanes + lane].p_value.two_sided);
        CHECK(alone[0].p_value.greater == both[lanes + lane].p_value.greater);
    }
    CHECK(both[0].p_value.two_sided != both[1].p_value.two_sided);
}

TEST_CASE("The number of draws is 999 unless it is given", "[exact]") {
    const Trial trial = table_trial(9, 9, 0, 9);
    design::PatientChoice choice;
    choice.id = "rerandomisation";
    const auto design = design_of(by(design::Scheme::random_allocation), {9, 9});
    for (const auto& finding : findings_of(trial, design, {choice})) {
        const double thousandths = 1000 * finding.p_value.two_sided;
        CHECK(thousandths == Approx(std::round(thousandths)));
        CHECK(finding.p_value.two_sided < 0.01);
    }
}

TEST_CASE("Without women in an arm the finding is degenerate", "[exact]") {
    Trial trial = table_trial(2, 4, 1, 4);
    const auto design = design_of(by(design::Scheme::complete), {4, 4});
    const auto check_degenerate = [&] {
        for (const auto& finding : findings_of(trial, design, {with_draws(19)})) {
            CHECK(finding.status == analysis::Status::degenerate);
            CHECK(std::isnan(finding.p_value.two_sided));
        }
    };
    trial.weight = {0, 0, 0, 0, 1, 1, 1, 1};
    check_degenerate();
    trial.weight.assign(8, 0);
    check_degenerate();
    trial.weight.clear();
    trial.treated.assign(8, 1);
    check_degenerate();
}

TEST_CASE("Re-randomisation refuses other methods, numbers and designs", "[exact]") {
    const auto design = design_of(by(design::Scheme::complete), {4, 4});
    const Trial trial = table_trial(2, 4, 1, 4);
    for (const double draws : {0.0, -1.0, 9.5, 1e8, std::nan("")})
        CHECK_THROWS_AS(findings_of(trial, design, {with_draws(draws)}), std::invalid_argument);
    auto other = with_draws(9);
    other.id = "logistic";
    CHECK_THROWS_AS(findings_of(trial, design, {other}), std::invalid_argument);
    const design::Design counts({4, 4}, {0.5, 0.5}, std::make_shared<const design::AnalysisPlan>());
    CHECK_THROWS_AS(findings_of(trial, counts, {with_draws(9)}), std::invalid_argument);
}
