#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/detectable_effect.hpp>
#include <rsasim/planning/sample_size.hpp>

namespace rsasim::files {

/// What drop-out does to a size.
struct DropoutReport {
    double rate = 0;
    design::ArmSizes recruited;       ///< so that the rest are as many as are needed
    double power_as_failures = 0;     ///< of the recruited, drop-outs counted as failures
    design::Rates rates_as_failures;  ///< that the arms then have
};

/// What `size` found; what was not asked for is empty.
struct SampleSizeReport {
    planning::SampleSizeQuestion question;
    planning::SampleSize answer;  ///< with `first`
    planning::SizedPower nearby;  ///< the best split within one woman of each arm
    std::vector<planning::SizedPower> curve;
    std::optional<planning::CertifiedSize> size_of_test;  ///< at `first`
    std::optional<DropoutReport> dropout;
};

/// What `mde` found.
struct DetectableReport {
    design::Design design;
    double power = 0.9;
    planning::DetectableRates rates;
};

/// For a reader.
std::string sample_size_to_text(const SampleSizeReport& report, bool use_colour);
std::string detectable_to_text(const DetectableReport& report, bool use_colour);

/// Schemas rsasim.size/1 and rsasim.mde/1.
std::string sample_size_to_json(const SampleSizeReport& report);
std::string detectable_to_json(const DetectableReport& report);

}  // namespace rsasim::files
