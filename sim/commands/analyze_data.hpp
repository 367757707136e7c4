#pragma once

#include "options.hpp"

namespace rsasim::commands {

/// True where any option of a data set is given.
bool is_about_data(const AnalyzeOptions& options);

/// Analyses a data set: the patient-level methods, and those of its table.
ExitStatus analyze_data(const AnalyzeOptions& options);

}  // namespace rsasim::commands
