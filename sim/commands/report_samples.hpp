#pragma once

#include "stored_tables.hpp"

#include <vector>

#include <rsasim/report/report.hpp>

namespace rsasim::commands {

/// The cells that report_samples looks at.
std::vector<bool> cells_of_samples(const summary::Results& results);

/// What the report's pictures need beside the results: some replicates simulated again, P-values of
/// the stored tables, exact curves. Costly methods and large designs are left out, with a note.
report::Samples report_samples(const StoredTables& stored, const scenario::Scenario& scenario,
                               unsigned threads);

}  // namespace rsasim::commands
