#pragma once

#include "options.hpp"

#include <memory>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>

namespace rsasim::commands {

/// The analyses of one table that the flags ask for, read and checked by the reader of scenarios.
/// Throws scenario::InputErrors.
std::shared_ptr<const design::AnalysisPlan> read_plan(const AnalyzeOptions& options,
                                                      const design::Table2x2& table);

}  // namespace rsasim::commands
