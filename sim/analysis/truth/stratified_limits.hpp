#pragma once

#include "groups.hpp"

#include <vector>

namespace rsasim::analysis {

/// What the Mantel-Haenszel estimate tends to, sum_k w_k p1k (1 - p0k) / sum_k w_k p0k (1 - p1k):
/// every stratum has the same share of treated women. NaN where it is 0/0.
double mantel_haenszel_limit(const std::vector<Group>& strata);

/// What the conditional maximum likelihood estimate tends to as women are added to fixed strata:
/// the psi with sum_k w_k (a_k - E_k(psi)) = 0, where a_k is the share treated with event and E_k
/// what it is in the table of the same margins with odds ratio psi. Strata without events or
/// without non-events say nothing. 0 or infinite at the edge, NaN where no stratum says anything.
double conditional_limit(const std::vector<Group>& strata, double treated_share);

}  // namespace rsasim::analysis
