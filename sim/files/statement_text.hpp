#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <rsasim/summary/results.hpp>

/// What a printed table says beside its figures.
namespace rsasim::files {

/// "H0: equal event rates; H1: different rates", or with a margin or a side.
std::string hypotheses_of(const summary::Results& results, const summary::CellParameters& cell);

/// The same for all cells, or that they differ.
std::string hypotheses_of(const summary::Results& results);

/// One sentence on a cell: how often the first test rejects, which test rejects most often, how
/// often the first interval covers. Empty where there is neither test nor interval.
std::string summary_sentence(const summary::Results& results, std::size_t cell);

/// One sentence on a sweep: between which cells the first test rejects least and most often.
std::string sweep_sentence(const summary::Results& results);

/// "Tests: pearson: pooled score, no correction; fisher: ..." for labels of tests.
std::string definitions_of_tests(const std::vector<std::string>& labels);

}  // namespace rsasim::files
