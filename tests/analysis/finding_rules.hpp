#pragma once

#include "judging.hpp"

#include <string>

/// What every finding must obey, whatever the method and the table.
namespace finding_rules {

/// Empty, or what is wrong with the finding of this row.
std::string complaint(const judging::MethodRow& row, const judging::Finding& finding);

}  // namespace finding_rules
