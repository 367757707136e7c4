#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/replayed_woman.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::engine {

/// One replicate, as the run saw it.
struct ReplayedTrial {
    design::Table2x2 table;                    ///< of the first set
    std::vector<design::ReplayedWoman> women;  ///< empty where the design is two counts
    std::vector<analysis::Finding> findings;   ///< of the plan's patient-level methods
};

/// Simulates replicates one by one: the same trials, and the same findings, as in a run.
class Replayer {
  public:
    Replayer(const design::Design& design, random::StreamKey key);
    ~Replayer();
    Replayer(Replayer&&) noexcept;
    Replayer& operator=(Replayer&&) noexcept;
    Replayer(const Replayer&) = delete;
    Replayer& operator=(const Replayer&) = delete;

    [[nodiscard]] ReplayedTrial replay(std::int64_t replicate);

  private:
    struct Prepared;
    std::unique_ptr<Prepared> prepared_;
};

}  // namespace rsasim::engine
