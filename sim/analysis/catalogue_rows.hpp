#pragma once

#include <span>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::analysis {

/// The parts of the catalogue, one source file each, in the order they are shown.
std::span<const MethodRow> test_rows();
std::span<const MethodRow> unconditional_test_rows();
std::span<const MethodRow> odds_ratio_interval_rows();
std::span<const MethodRow> risk_interval_rows();
std::span<const MethodRow> unconditional_interval_rows();
std::span<const MethodRow> estimate_rows();

}  // namespace rsasim::analysis
