#pragma once

#include <cstdint>
#include <string>

#include <rsasim/files/stored_state.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What files must share to be parts of one sweep: the first file says what that is.
class SameSweep {
  public:
    /// Throws scenario::InputErrors where the file itself cannot be part of any sweep.
    SameSweep(std::string path, const files::StoredState& state);

    /// The sweep of a run, whose files others are to fit.
    explicit SameSweep(const scenario::Scenario& scenario);

    /// Throws scenario::InputErrors unless a file is of this sweep: same trial models, analyses,
    /// seed, generator scheme, format and program version. The number of replicates may differ.
    void require(const std::string& path, const files::StoredState& state);

    /// The scenario, with the largest number of replicates that a file had so far. Its women are
    /// described and no more, unless it is that of a run.
    [[nodiscard]] const scenario::Scenario& scenario() const { return scenario_; }

  private:
    [[nodiscard]] scenario::Scenario read_scenario(const std::string& path,
                                                   const files::StoredState& state) const;

    std::string path_;
    files::FileIdentity identity_;
    scenario::Scenario scenario_;
    std::string resolved_;  ///< without the number of replicates
};

/// A text attribute of /provenance, or "".
std::string attribute_of(const summary::Provenance& provenance, std::string_view name);

}  // namespace rsasim::commands
