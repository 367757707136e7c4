#pragma once

#include <string>

#include <rsasim/design/design.hpp>

namespace rsasim::design {

/// Why the trials of a design are not two binomial counts of fixed sizes, as a clause: "the arm
/// sizes vary from trial to trial under the scheme complete"; empty where they are. Women make such
/// counts where they are independent and alike in law, the allocation looks at nothing but its own
/// draws and ends at the planned sizes, and every woman counts in the table. Enumeration, its
/// stored tables judged anew, and sizes of tests over the control rate need that.
std::string why_not_a_table(const Design& design);

}  // namespace rsasim::design
