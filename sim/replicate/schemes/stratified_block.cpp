#include "block_schemes.hpp"

namespace rsasim::replicate {

SchemePointer make_stratified_block(const design::Allocation& allocation, design::ArmSizes sizes) {
    require(!allocation.strata.empty(), allocation, "needs the factors of its strata");
    return make_block_scheme(block_plan(allocation, sizes, allocation.strata));
}

}  // namespace rsasim::replicate
