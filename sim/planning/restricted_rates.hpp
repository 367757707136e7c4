#pragma once

#include <rsasim/design/effect.hpp>

namespace rsasim::planning {

/// The arms' shares of all women, which sum to 1.
struct ArmShares {
    double treated = 0.5;
    double control = 0.5;
};

/// The rates with the null's effect that are most likely where the arms' rates are observed: the
/// limit of the restricted maximum-likelihood estimate in a large trial. With P1 = P0 + D, P1 =
/// R P0 or odds(P1) = theta odds(P0) they solve
///
///     f1 (p1 - P1)/(P1 (1 - P1)) dP1/dP0 + f0 (p0 - P0)/(P0 (1 - P0)) = 0.
///
/// No effect gives both arms the pooled rate. Any other null needs rates inside (0, 1), and a
/// measure of the 2x2 table.
/// Farrington & Manning 1990, appendix 1, doi:10.1002/sim.4780091208.
design::Rates restricted_rates(const design::Rates& rates, const design::Effect& null,
                               const ArmShares& shares);

}  // namespace rsasim::planning
