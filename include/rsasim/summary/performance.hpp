#pragma once

#include <cstdint>
#include <span>

#include <rsasim/summary/cell_summary.hpp>

namespace rsasim::summary {

/// What the weights of values are: how often each was simulated, or its exact probability.
enum class Weights { counts, probabilities };

/// Weighted values: value i counts weight[i] times, or has probability weight[i].
struct Sample {
    std::span<const double> values;   ///< finite
    std::span<const double> weights;  ///< as many, >= 0; counts are whole numbers up to 2^53
    Weights kind = Weights::counts;
};

/// How good an estimator is; see EstimatorSummary.
struct Performance {
    Figure mean;
    Figure bias;
    Figure empirical_se;
    Figure model_se;
    Figure mse;
    Figure model_se_error;
};

/// Performance of the estimates e_i with standard errors s_i against theta, n = sum of weights:
///
///     bias          mean(e) - theta            EmpSE / sqrt(n)
///     EmpSE         sd(e), n - 1               EmpSE / sqrt(2 (n - 1))
///     MSE           mean((e - theta)^2)        sqrt(sum(((e - theta)^2 - MSE)^2) / (n (n - 1)))
///     ModSE         sqrt(mean(s^2))            sqrt(var(s^2) / (4 n ModSE^2))
///     ModSE error   ModSE / EmpSE - 1          ModSE / EmpSE sqrt(var(s^2) / (4 n ModSE^4)
///                                                                 + 1 / (2 (n - 1)))
///
/// with the Monte Carlo standard error on the right. Standard errors that are not finite are left
/// out of ModSE. NaN: everything without estimates; bias and MSE where theta is not finite; with a
/// single replicate EmpSE, the ModSE error and every Monte Carlo error; the ModSE error where EmpSE
/// is 0. Probabilities: expectations over the given values (sums divided by their probability), no
/// n - 1, every Monte Carlo error 0.
/// Morris, White & Crowther 2019, table 6, doi:10.1002/sim.8086. Tested against rsimsum's numbers.
Performance performance(const Sample& estimates, std::span<const double> standard_errors,
                        double theta);

/// part / n with sqrt(p (1 - p) / n); NaN for n = 0, the error NaN for n = 1.
/// Morris, White & Crowther 2019, table 6, doi:10.1002/sim.8086.
Figure proportion(std::int64_t part, std::int64_t n);

/// Difference of two proportions on the same n trials, from the trials where only the first or only
/// the second holds, b and c as shares: b - c with sqrt((b + c - (b - c)^2) / n), the standard
/// deviation of the paired differences -1, 0 and 1 over sqrt(n). NaN as for proportion.
Figure paired_difference(std::int64_t only_first, std::int64_t only_second, std::int64_t n);

/// Mean of the values and its Monte Carlo standard error sd / sqrt(n), NaN for a single one.
Figure mean_of(const Sample& sample);

}  // namespace rsasim::summary
