#include "quantile_table.hpp"

#include "columns.hpp"
#include "steps.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <hwy/targets.h>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/random/philox.hpp>

using namespace rsasim;
using design::Distribution;
using design::Family;
using replicate::QuantileTable;

namespace {

/// Both ends, the neighbours of all powers of 2 on either side, and 8,000 others; a multiple of 8.
std::vector<std::uint32_t> many_words() {
    std::vector<std::uint32_t> words;
    for (std::uint32_t w = 0; w < 200; ++w)
        words.insert(words.end(), {w, ~w});
    for (int bit = 8; bit < 32; ++bit) {
        const std::uint32_t power = std::uint32_t{1} << bit;
        for (const std::uint32_t w : {power - 1, power, power + power / 64, power + power / 3})
            words.insert(words.end(), {w, ~w});
    }
    std::vector<random::Block> blocks(2000);
    random::fill_blocks({7, 8}, {}, 1, blocks);
    for (const random::Block& block : blocks)
        words.insert(words.end(), block.begin(), block.end());
    words.resize(words.size() / design::lanes * design::lanes);
    return words;
}

QuantileTable::Tail tail_of(std::uint32_t word) {
    const double w = word;
    return w < 2147483648.0 ? QuantileTable::Tail{(w + 0.5) / 4294967296.0, false}
                            : QuantileTable::Tail{(4294967295.5 - w) / 4294967296.0, true};
}

double score_of(const QuantileTable::Tail& tail) {
    return tail.is_upper ? math::normal_upper_quantile(tail.probability)
                         : math::normal_quantile(tail.probability);
}

struct Case {
    std::string name;
    Distribution distribution;
};

std::vector<Case> cases() {
    return {{"log-normal", {Family::log_normal, 0, 0.4}},
            {"wide log-normal", {Family::log_normal, 1, 1}},
            {"gamma", {Family::gamma, 2.5, 0.7}},
            {"gamma of small shape", {Family::gamma, 0.3, 2}},
            {"beta", {Family::beta, 2, 5}},
            {"beta of small shapes", {Family::beta, 0.5, 0.8}},
            {"uniform", {Family::uniform, -1, 3}},
            {"cut normal", {Family::normal, 33, 4.5, 18, 45}},
            {"normal cut in its tail", {Family::normal, 0, 1, 2, 3}}};
}

/// The standard deviation by its values at 2,000 evenly spaced probabilities.
double sd_of(const Distribution& d) {
    double sum = 0, squares = 0;
    for (int i = 0; i < 2000; ++i) {
        const double x = design::value_at_score(d, math::normal_quantile((i + 0.5) / 2000));
        sum += x / 2000;
        squares += x * x / 2000;
    }
    return std::sqrt(squares - sum * sum);
}

}  // namespace

TEST_CASE("Normal scores of words agree with R's qnorm", "[reference]") {
    const QuantileTable& scores = replicate::normal_scores();
    // R 4.2: qnorm((w + 0.5) / 2^32), the last by its upper tail
    CHECK(scores(0) == Approx(-6.337957754554).margin(1e-7));
    CHECK(scores(123456789) == Approx(-1.899573995506).margin(1e-7));
    CHECK(scores(3000000000U) == Approx(0.520068061849).margin(1e-7));
    CHECK(scores(4294967295U) == Approx(6.337957754554).margin(1e-7));
}

TEST_CASE("Normal scores err by less than 1e-7 at every kind of word", "[property]") {
    double largest = 0;
    for (const std::uint32_t word : many_words())
        largest =
            std::max(largest, std::abs(replicate::normal_scores()(word) - score_of(tail_of(word))));
    CHECK(largest < 5e-8);
}

TEST_CASE("Logistic quantiles err by less than 1e-7", "[exact]") {
    double largest = 0;
    for (const std::uint32_t word : many_words()) {
        const auto [p, is_upper] = tail_of(word);
        const double log_odds = std::log(p / (1 - p));
        largest = std::max(largest, std::abs(replicate::logistic_quantiles()(word) -
                                             (is_upper ? -log_odds : log_odds)));
    }
    CHECK(largest < 1e-7);
}

// Where a long tail leads many standard deviations away, relative to that distance.
TEST_CASE("Tables of every family err by less than 1e-7 standard deviations", "[property]") {
    const auto words = many_words();
    for (const Case& c : cases()) {
        INFO(c.name);
        const QuantileTable table([&](const QuantileTable::Tail& tail) {
            return design::value_at_score(c.distribution, score_of(tail));
        });
        const double sd = sd_of(c.distribution);
        const double median = design::value_at_score(c.distribution, 0);
        double largest = 0;
        for (std::size_t i = 0; i < words.size(); i += 3) {
            const double exact =
                design::value_at_score(c.distribution, score_of(tail_of(words[i])));
            largest = std::max(largest, std::abs(table(words[i]) - exact) /
                                            std::max(sd, std::abs(exact - median)));
        }
        CHECK(largest < 1e-7);
    }
}

TEST_CASE("Maps of scores err by less than 1e-7 standard deviations", "[property]") {
    for (const Case& c : cases()) {
        INFO(c.name);
        const replicate::ScoreMap map(
            [&](double z) { return design::value_at_score(c.distribution, z); });
        std::vector<double> scores, values(1400);
        for (std::size_t i = 0; i < values.size(); ++i)
            scores.push_back(-7 + 0.01 * static_cast<double>(i) + 0.0037);
        replicate::map_scores(map, scores.data(), values);
        const double sd = sd_of(c.distribution);
        const double median = design::value_at_score(c.distribution, 0);
        double largest = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double exact = design::value_at_score(c.distribution, scores[i]);
            largest = std::max(
                largest, std::abs(values[i] - exact) / std::max(sd, std::abs(exact - median)));
        }
        CHECK(largest < 1e-7);
    }
}

TEST_CASE("Vectors of every instruction set look up the scalar table's bits", "[property]") {
    const auto words = many_words();
    const QuantileTable& table = replicate::normal_scores();
    std::vector<double> expected;
    for (const std::uint32_t word : words)
        expected.push_back(table(word));
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        INFO(hwy::TargetName(rest & -rest));
        hwy::SetSupportedTargetsForTest(rest & -rest);
        std::vector<double> found(words.size());
        replicate::look_up(table, {words.data()}, found);
        hwy::SetSupportedTargetsForTest(0);
        CHECK(found == expected);
    }
}

TEST_CASE("Steps give the exact quantile of every kind of word and score", "[property]") {
    const auto words = many_words();
    Distribution levels{.family = Family::categorical};
    levels.probabilities = {0, 0.25, 0, 0.5, 0.25};
    const std::vector<Case> counts{{"few", {Family::poisson, 1.3, 1, 1, 6, 3}},
                                   {"many", {Family::negative_binomial, 40, 0.5}},
                                   {"many far up", {Family::poisson, 5000}},
                                   {"binary", {Family::binary, 0.3}},
                                   {"levels", levels}};
    for (const Case& c : counts) {
        INFO(c.name);
        std::vector<double> scores, by_word(words.size()), by_score(words.size());
        for (const std::uint32_t word : words)
            scores.push_back(score_of(tail_of(word)));
        replicate::step_by_word(replicate::steps_of_words(c.distribution), {words.data()}, by_word);
        replicate::step_by_score(replicate::steps_of_scores(c.distribution), scores.data(),
                                 by_score);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < words.size(); i += c.name == "few" ? 1 : 7) {
            const double exact = design::value_at_score(c.distribution, scores[i]);
            wrong += by_word[i] == exact && by_score[i] == exact ? 0 : 1;
        }
        CHECK(wrong == 0);
    }
}
