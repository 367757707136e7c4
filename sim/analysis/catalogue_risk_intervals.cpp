#include "catalogue_rows.hpp"

namespace rsasim::analysis {

std::span<const MethodRow> risk_interval_rows() {
    return {};
}

}  // namespace rsasim::analysis
