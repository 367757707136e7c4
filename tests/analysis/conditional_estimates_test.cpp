#include "analysis/conditional_support.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::estimate;
using conditional::for_each_table;
using conditional::is_close;
using conditional::probability_at;
using conditional::Support;
using conditional::support_of;
using rsasim::design::Table2x2;

/// Moments of X - x at log odds ratio t, x the observed count.
struct Moments {
    double mean = 0;
    double mean_square = 0;
};

Moments moments_at(const Support& support, double t) {
    Moments moments;
    for (std::size_t i = 0; i < support.weights.size(); ++i) {
        const double p = probability_at(support, t, [&](std::size_t k) { return k == i; });
        const double step = static_cast<double>(i) - static_cast<double>(support.observed);
        moments.mean += step * p;
        moments.mean_square += step * step * p;
    }
    return moments;
}

bool is_inside(const Support& support) {
    return support.observed > 0 && support.observed + 1 < support.weights.size();
}

}  // namespace

TEST_CASE("An empty margin has no conditional estimate", "[exact]") {
    for (const Table2x2& table : {Table2x2{{0, 1}, {0, 1}}, Table2x2{{7, 7}, {5, 5}}}) {
        for (const char* id : {"conditional-mle", "median-unbiased"}) {
            const Finding finding = estimate(id)(table);
            CHECK(finding.status == Status::undefined);
            CHECK(std::isnan(finding.estimate));
        }
    }
}

TEST_CASE("A count at the edge of its support has the conditional estimate 0 or infinity",
          "[exact]") {
    for (const char* id : {"conditional-mle", "median-unbiased"}) {
        const Judge judge = estimate(id);
        int wrong = 0;
        for_each_table(12, [&](const Table2x2& table) {
            const Support support = support_of(table);
            if (table.has_empty_margin() || is_inside(support)) return;
            const Finding finding = judge(table);
            const double expected = support.observed == 0 ? 0 : infinity;
            if (finding.status != Status::degenerate || finding.estimate != expected ||
                !std::isnan(finding.standard_error)) {
                ++wrong;
            }
        });
        CHECK(wrong == 0);
    }
}

TEST_CASE("At the conditional maximum likelihood estimate the expected count is the observed one",
          "[property]") {
    const Judge judge = estimate("conditional-mle");
    int wrong = 0;
    for_each_table(12, [&](const Table2x2& table) {
        const Support support = support_of(table);
        if (!is_inside(support)) return;
        const Finding finding = judge(table);
        const Moments moments = moments_at(support, std::log(finding.estimate));
        const double standard_error = 1 / std::sqrt(moments.mean_square);
        if (finding.status != Status::ok || std::abs(moments.mean) > 1e-11 ||
            !is_close(finding.standard_error, standard_error, 1e-10)) {
            ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("At the median unbiased estimate both one-sided mid-P values are 1/2", "[property]") {
    const Judge judge = estimate("median-unbiased");
    int wrong = 0;
    for_each_table(12, [&](const Table2x2& table) {
        const Support support = support_of(table);
        if (!is_inside(support)) return;
        const Finding finding = judge(table);
        const double t = std::log(finding.estimate);
        const double above =
            probability_at(support, t, [&](std::size_t i) { return i > support.observed; });
        const double below =
            probability_at(support, t, [&](std::size_t i) { return i < support.observed; });
        if (finding.status != Status::ok || std::abs(above - below) > 1e-12 ||
            !std::isnan(finding.standard_error)) {
            ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("Conditional estimates of large arms approach the sample odds ratio", "[property]") {
    for (const std::int64_t n : {std::int64_t{10'000}, std::int64_t{100'000'000}}) {
        const Table2x2 table{{n / 2, n}, {n / 4, n}};
        const double tolerance = 10 / static_cast<double>(n);
        CHECK(is_close(estimate("conditional-mle")(table).estimate, 3, tolerance));
        CHECK(is_close(estimate("median-unbiased")(table).estimate, 3, tolerance));
    }
}
