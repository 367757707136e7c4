#include "catalogue_rows.hpp"
#include "table/asymptotic_methods.hpp"

#include <array>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

constexpr std::array rows{
    MethodRow{.role = Role::test,
              .measure = odds_ratio,
              .id = "pearson",
              .title = "Pearson chi-square",
              .family = "asymptotic",
              .definition =
                  "N (ad - bc)^2 / (n1 n0 m (N - m)), uncorrected: the squared score z with "
                  "pooled variance.",
              .citation = "Pearson 1900",
              .doi = "10.1080/14786440009463897",
              .options = {},
              .prepare = prepare_pearson},
    MethodRow{.role = Role::test,
              .measure = odds_ratio,
              .id = "pearson-n1",
              .title = "Pearson chi-square, N-1",
              .family = "asymptotic",
              .definition = "The Pearson chi-square times (N - 1) / N.",
              .citation = "Campbell 2007; Pearson 1947",
              .doi = "10.1002/sim.2832",
              .options = {},
              .prepare = prepare_pearson_n1},
    MethodRow{.role = Role::test,
              .measure = odds_ratio,
              .id = "yates",
              .title = "Yates chi-square",
              .family = "asymptotic",
              .definition = "The Pearson chi-square with max(0, |ad - bc| - N/2) in place of "
                            "|ad - bc|.",
              .citation = "Yates 1934",
              .doi = "10.2307/2983604",
              .options = {},
              .prepare = prepare_yates},
};

}  // namespace

std::span<const MethodRow> test_rows() {
    return rows;
}

}  // namespace rsasim::analysis
