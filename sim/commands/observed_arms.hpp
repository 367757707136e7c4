#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rsasim/design/table.hpp>

namespace rsasim::commands {

/// Two arms as events/women, "60/75" and "47/74". Throws scenario::InputErrors with all faults.
design::Table2x2 read_arms(std::string_view treated, std::string_view control);

}  // namespace rsasim::commands
