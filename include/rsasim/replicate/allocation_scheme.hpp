#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/design/allocation.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/random/address.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::replicate {

/// The trials that are to be allotted: replicates first, ..., first + live - 1, one a lane.
struct AllocationTask {
    random::StreamKey key;
    std::int64_t first_replicate = 0;
    std::size_t live = design::lanes;
    std::size_t women = 0;
    /// The levels of each factor of the allocation's strata, columns as in TrialBatch.
    std::vector<const double*> levels;
    random::Purpose purpose = random::Purpose::allocation;
    std::uint32_t first_draw = 0;  ///< another for each re-randomisation of the same trials
};

/// What a scheme writes.
struct AllottedArms {
    double* treated = nullptr;          ///< column: 1 treated, 0 control
    double* guess = nullptr;            ///< column: the arm guessed, 1, 0, or 0.5 at a tie; or null
    double* correct_guesses = nullptr;  ///< one per lane, ties one half; or null
};

/// A randomisation scheme. Safe to call from many threads at once.
class AllocationScheme {
  public:
    AllocationScheme() = default;
    AllocationScheme(const AllocationScheme&) = delete;
    AllocationScheme& operator=(const AllocationScheme&) = delete;
    AllocationScheme(AllocationScheme&&) = delete;
    AllocationScheme& operator=(AllocationScheme&&) = delete;
    virtual ~AllocationScheme() = default;

    virtual void allocate(const AllocationTask& task, const AllottedArms& arms) const = 0;
};

/// Throws std::invalid_argument where the scheme does not have the ratio or a parameter.
std::unique_ptr<AllocationScheme> make_scheme(const design::Allocation& allocation,
                                              design::ArmSizes sizes);

/// Arm sizes and their probability.
struct WeightedSizes {
    design::ArmSizes sizes;
    double probability = 0;
};

/// The distribution of the arm sizes of a scheme that looks at nothing but earlier allocations;
/// empty where it looks at the women (strata). An empty arm may come up.
std::vector<WeightedSizes> arm_size_distribution(const design::Allocation& allocation,
                                                 design::ArmSizes sizes);

}  // namespace rsasim::replicate
