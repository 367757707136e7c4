#pragma once

#include "json_values.hpp"

#include <rsasim/design/table.hpp>

namespace rsasim::files {

/// The document behind analysis_to_json.
Json analysis_json(const design::Table2x2& table, const design::AnalysisPlan& plan);

}  // namespace rsasim::files
