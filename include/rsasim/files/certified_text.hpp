#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rsasim/planning/certified.hpp>

namespace rsasim::files {

/// What size-of-test found; what was not asked for is empty.
struct CertifiedReport {
    design::Design design;
    std::string method;  ///< label of the test, or of the interval with its measure
    planning::RateRange range;
    std::optional<planning::CertifiedSize> size;
    std::optional<planning::CalibratedAlpha> calibrated;
    design::Effect power_at;
    std::optional<planning::CertifiedExtreme> power;
    design::Effect effect;  ///< that the interval should cover
    std::optional<planning::CertifiedExtreme> coverage;
    std::vector<planning::ProfilePoint> curve;
};

/// For a reader.
std::string certified_to_text(const CertifiedReport& report, bool use_colour);

/// Schema rsasim.size_of_test/1.
std::string certified_to_json(const CertifiedReport& report);

}  // namespace rsasim::files
