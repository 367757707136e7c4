#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

/// Designs with more tables than this have no fragility index here: it asks a test about tables
/// that were never drawn, of which large designs have too many.
inline constexpr double most_tables_for_fragility = 1 << 20;

/// The fragility index of one test at every row of a judgement: NaN where the test does not reject,
/// infinite where there is none. Each table is asked about once: a row that rejects has one more
/// than the next row of the same arm to change, and the test itself answers for tables outside the
/// judgement. Empty for designs beyond most_tables_for_fragility and where arm sizes vary.
std::vector<double> fragility_column(const analysis::Judgement& judgement, std::size_t test);

}  // namespace rsasim::summary
