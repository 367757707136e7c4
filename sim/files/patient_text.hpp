#pragma once

#include <string>

#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// Of a patient-level cell: what describes its trials, the methods that had no answer, and powers
/// with a control variate; empty at count level.
std::string patients_text(const summary::Results& results, const summary::CellResults& cell,
                          const TextOptions& options);

}  // namespace rsasim::files
