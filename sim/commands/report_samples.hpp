#pragma once

#include "stored_tables.hpp"

#include <rsasim/report/report.hpp>

namespace rsasim::commands {

/// What the report's pictures need beside the results: some replicates simulated again, P-values of
/// the stored tables, exact curves. Costly methods and large designs are left out, with a note.
report::Samples report_samples(const StoredTables& stored, const scenario::Scenario& scenario,
                               unsigned threads);

}  // namespace rsasim::commands
