#pragma once

#include <chrono>
#include <string>

#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Started with the work; writes down where, when, by what and at what cost it was done.
class Recorder {
  public:
    explicit Recorder(std::string command_line);

    [[nodiscard]] double elapsed_seconds() const;
    [[nodiscard]] summary::Provenance record(const scenario::Scenario& scenario,
                                             unsigned threads) const;

  private:
    std::string command_line_;
    std::chrono::system_clock::time_point start_ = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point steady_start_ = std::chrono::steady_clock::now();
};

}  // namespace rsasim::commands
