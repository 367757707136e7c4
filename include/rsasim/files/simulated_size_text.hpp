#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/simulated_size.hpp>

namespace rsasim::files {

/// What `size` found by simulation.
struct SimulatedSizeReport {
    planning::SimulatedSizeQuestion question;
    std::string test;
    design::AnalysisPlan plan;
    design::Rates rates;  ///< that the arms of the 2x2 table have
    std::uint64_t seed = 0;
    std::string why;  ///< it was not sought by enumeration, as a clause
    planning::SimulatedSize answer;
    std::optional<design::ArmSizes> recruited;  ///< where women drop out
    double dropout = 0;                         ///< the share that does
};

/// For a reader.
std::string simulated_size_to_text(const SimulatedSizeReport& report, bool use_colour);

/// Schema rsasim.size/1 with the engine `simulation`.
std::string simulated_size_to_json(const SimulatedSizeReport& report);

}  // namespace rsasim::files
