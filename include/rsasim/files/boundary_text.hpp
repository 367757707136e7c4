#pragma once

#include <memory>
#include <string>
#include <vector>

#include <rsasim/analysis/rejection_region.hpp>
#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// Where the tests of a plan reject with these arms.
struct BoundaryOfDesign {
    design::ArmSizes sizes;
    std::shared_ptr<const design::AnalysisPlan> plan;
    std::vector<analysis::RejectionRegion> regions;  ///< of each test
};

/// Least, or most, treated events that reject, by control events: schema rsasim.boundary/1.
std::string boundaries_to_json(const std::vector<BoundaryOfDesign>& boundaries);

/// The same as one table a design; ranges instead where a region has no boundary.
std::string boundaries_to_text(const std::vector<BoundaryOfDesign>& boundaries,
                               const TextOptions& options);

}  // namespace rsasim::files
