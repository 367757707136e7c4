#include "catalogue_rows.hpp"

namespace rsasim::analysis {

std::span<const MethodRow> odds_ratio_interval_rows() {
    return {};
}

}  // namespace rsasim::analysis
