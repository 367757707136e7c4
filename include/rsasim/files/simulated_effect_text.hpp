#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/simulated_effect.hpp>

namespace rsasim::files {

/// What `mde` found by simulation.
struct SimulatedEffectReport {
    struct Side {
        planning::SimulatedEffect effect;
        double setting = 0;  ///< of arms.treated_rate, that gives the table this treated rate
    };
    planning::SimulatedEffectQuestion question;
    std::string test;
    design::AnalysisPlan plan;
    double control_rate = 0;  ///< that the control arm of the 2x2 table has
    std::string why;          ///< it was not sought by enumeration, as a clause
    std::uint64_t seed = 0;
    std::optional<Side> above;  ///< the null
    std::optional<Side> below;
};

/// For a reader.
std::string simulated_effect_to_text(const SimulatedEffectReport& report, bool use_colour);

/// Schema rsasim.mde/1 with the engine `simulation`.
std::string simulated_effect_to_json(const SimulatedEffectReport& report);

}  // namespace rsasim::files
