#pragma once

#include <rsasim/design/design.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::engine {

/// All tables of a design with their probabilities.
struct Enumeration {
    tally::TableProbabilities tables;
    double skipped_probability = 0;  ///< of the tables left out, at most 1e-12
};

/// Probabilities are products of two exact binomial probabilities. Tables in the far tails are left
/// out, with their total probability reported.
Enumeration enumerate(const design::Design& design);

/// How many tables enumerate(design) would hold, without making them.
std::int64_t count_tables(const design::Design& design);

}  // namespace rsasim::engine
