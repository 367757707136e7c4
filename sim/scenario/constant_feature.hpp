#pragma once

#include <string_view>

namespace rsasim::scenario {

/// True where a feature, "il33_st2 > 1.2" or "age", has one value among all women for whom a
/// condition holds, so that no analysis of them can tell its effect. False where the texts are of
/// different covariates, or are no feature and no condition.
bool is_constant_where(std::string_view feature, std::string_view condition);

}  // namespace rsasim::scenario
