#pragma once

#include <span>
#include <vector>

#include <rsasim/design/design.hpp>

namespace rsasim::commands {

/// A design and how many of its replicates are to be simulated.
struct Simulated {
    const design::Design* design = nullptr;
    double replicates = 0;
};

/// How many distinct tables these designs, all with the same arm sizes, are expected to meet
/// together: the sum over all tables of 1 - exp(-mean number of times that it comes up). None are
/// kept, and so none counted, of designs that are tallied one by one.
double expected_tables(std::span<const Simulated> designs);

}  // namespace rsasim::commands
