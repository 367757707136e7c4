#pragma once

#include <string>
#include <vector>

#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// The tables of a results file, with the scenario they belong to: all that other analyses need.
class StoredTables {
  public:
    /// Throws files::FileError where the file cannot be read, scenario::InputErrors where it lacks
    /// its scenario, or has one that it does not belong to.
    explicit StoredTables(const std::string& path);

    [[nodiscard]] const summary::Results& results() const { return results_; }
    /// The stored scenario. Its women are described and no more.
    [[nodiscard]] const scenario::Scenario& scenario() const { return scenario_; }

    /// Throws scenario::InputErrors unless every cell has the tables of all its trials.
    void require_tables() const;

    /// The stored scenario with settings on top, as a new run of it would read them. A margin that
    /// is given to a scenario of no effect brings its own defaults (margin_settings.hpp).
    [[nodiscard]] scenario::Scenario scenario_with(
        const std::vector<scenario::FlagSetting>& settings) const;

    /// What a new run of `scenario` gives, to the last bit, without running it; provenance is left
    /// to the caller. Each of its cells takes the tables of a stored cell with the same trial model
    /// and replicates: the stream of random numbers depends on nothing else. So an axis of an
    /// analysis key may come, go or change. Throws scenario::InputErrors where no cell has them.
    [[nodiscard]] summary::Results judged_as(const scenario::Scenario& scenario,
                                             unsigned threads) const;

  private:
    void check_scenario() const;
    [[nodiscard]] scenario::SourceText source_with(
        const std::vector<scenario::FlagSetting>& settings) const;
    [[nodiscard]] std::vector<std::size_t> sources_of(const scenario::Scenario& scenario) const;

    std::string path_;
    summary::Results results_;
    scenario::Scenario scenario_;
};

}  // namespace rsasim::commands
