#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <rsasim/replicate/allocation_scheme.hpp>
#include <rsasim/replicate/schemes.hpp>

/// An allocation as the tests try it.
struct Example {
    std::string name;
    rsasim::design::Allocation allocation;
};

/// A scheme with everything else as by default.
inline rsasim::design::Allocation allocation_by(rsasim::design::Scheme scheme) {
    rsasim::design::Allocation allocation;
    allocation.scheme = scheme;
    return allocation;
}

/// At least one for every row of the catalogue: ratios, several block sizes, long blocks, strata.
std::vector<Example> examples();

/// The arm sizes that an example plans for so many women.
rsasim::design::ArmSizes sizes_for(const rsasim::design::Allocation& allocation, std::size_t women);

/// What one trial was allotted.
struct Allotment {
    std::vector<int> treated;
    std::vector<double> guess;
    double correct_guesses = 0;
    bool operator==(const Allotment&) const = default;
};

/// Levels of the women of a replicate, [factor][woman]: the same in every lane.
std::vector<std::vector<int>> levels_of(const rsasim::design::Allocation& allocation,
                                        std::int64_t replicate, std::size_t women);

/// Allots trials of an allocation.
class Allotter {
  public:
    Allotter(const rsasim::design::Allocation& allocation, std::size_t women);
    /// Replicates first, ..., first + live - 1, in lanes.
    std::vector<Allotment> operator()(std::int64_t first, std::size_t live);

  private:
    rsasim::design::Allocation allocation_;
    std::unique_ptr<rsasim::replicate::AllocationScheme> scheme_;
    std::size_t women_;
    std::vector<rsasim::design::Column> levels_;
};

inline std::vector<Allotment> allot(const rsasim::design::Allocation& allocation, std::size_t women,
                                    std::int64_t first, std::size_t live = rsasim::design::lanes) {
    return Allotter(allocation, women)(first, live);
}

/// Many trials, 8 at a time: take(replicate, allotment).
template <class Take>
void allot_many(const rsasim::design::Allocation& allocation, std::size_t women,
                std::int64_t replicates, Take take) {
    Allotter allotter(allocation, women);
    for (std::int64_t first = 0; first < replicates; first += rsasim::design::lanes) {
        const auto trials = allotter(first, rsasim::design::lanes);
        for (std::size_t lane = 0; lane < trials.size(); ++lane)
            take(first + static_cast<std::int64_t>(lane), trials[lane]);
    }
}
