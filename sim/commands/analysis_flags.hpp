#pragma once

#include "options.hpp"

#include <memory>
#include <string_view>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>

namespace rsasim::commands {

/// On whose behalf flags are read.
struct PlanReader {
    std::string_view command = "analyze";
    bool tells_notes = true;
};

/// The analyses of one table that the flags ask for, read and checked by the reader of scenarios.
/// Throws scenario::InputErrors.
std::shared_ptr<const design::AnalysisPlan> read_plan(const AnalyzeOptions& options,
                                                      const design::Table2x2& table,
                                                      const PlanReader& reader = {});

}  // namespace rsasim::commands
