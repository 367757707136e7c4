#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/files/formula_text.hpp>
#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/detectable_effect.hpp>
#include <rsasim/planning/expected_width.hpp>
#include <rsasim/planning/sample_size.hpp>

namespace rsasim::files {

/// What drop-out does to a size.
struct DropoutReport {
    /// Drop-outs counted as failures.
    struct AsFailures {
        design::Rates rates;  ///< that the arms then have
        double power = 0;     ///< of the recruited
    };
    double rate = 0;
    design::ArmSizes recruited;             ///< so that the rest are as many as are needed
    std::optional<AsFailures> as_failures;  ///< where the aim is power at given rates
    std::string why_no_power;               ///< the reason, where as_failures is empty
};

/// What a size is sought for: the power at the design's rates, unless one of these is there.
struct SizeAim {
    struct HalfWidth {
        design::MeasuredChoice interval;
        double half_width = 0;  ///< on the log scale for ratios
    };
    std::optional<planning::WorstCase> worst_case;
    std::optional<design::RatesPrior> prior;
    double largest_assurance = 1;  ///< under the prior
    std::optional<HalfWidth> half_width;

    /// "power", "worst-case power", "assurance" or "half-width".
    [[nodiscard]] std::string_view name() const;
};

/// What `size` found; what was not asked for is empty.
struct SampleSizeReport {
    planning::SharedPlan plan;  ///< with the test, or without one where the aim is a half-width
    design::Rates rates;
    SizeAim aim;
    planning::SampleSizeQuestion question;
    planning::SampleSize answer;  ///< with `first`
    planning::SizedPower nearby;  ///< the best split within one woman of each arm
    std::vector<planning::SizedPower> curve;
    std::optional<planning::CertifiedSize> size_of_test;  ///< at `first`
    std::optional<planning::ExpectedWidth> width;         ///< at `first`
    std::optional<DropoutReport> dropout;
    std::optional<std::vector<FormulaRow>> formulas;  ///< textbook sizes, where asked for
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
