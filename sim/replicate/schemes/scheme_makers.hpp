#pragma once

#include <memory>
#include <vector>

#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

using SchemePointer = std::unique_ptr<AllocationScheme>;
using SizeDistribution = std::vector<WeightedSizes>;

// One pair per scheme, each in the file of its name. Arguments as of make_scheme; they throw
// std::invalid_argument as it does.

SchemePointer make_complete(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_complete(const design::Allocation& allocation, design::ArmSizes sizes);

SchemePointer make_random_allocation(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_random_allocation(const design::Allocation& allocation,
                                            design::ArmSizes sizes);

SchemePointer make_permuted_block(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_permuted_block(const design::Allocation& allocation,
                                         design::ArmSizes sizes);

SchemePointer make_stratified_block(const design::Allocation& allocation, design::ArmSizes sizes);

SchemePointer make_biased_coin(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_biased_coin(const design::Allocation& allocation, design::ArmSizes sizes);

SchemePointer make_big_stick(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_big_stick(const design::Allocation& allocation, design::ArmSizes sizes);

SchemePointer make_urn(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_urn(const design::Allocation& allocation, design::ArmSizes sizes);

SchemePointer make_truncated_binomial(const design::Allocation& allocation, design::ArmSizes sizes);
SizeDistribution sizes_of_truncated_binomial(const design::Allocation& allocation,
                                             design::ArmSizes sizes);

SchemePointer make_minimisation(const design::Allocation& allocation, design::ArmSizes sizes);

}  // namespace rsasim::replicate
