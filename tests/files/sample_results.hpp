#pragma once

#include <string>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/results.hpp>

/// Results built by hand, every number another, with the undefined and infinite among them.
namespace sample {

/// One cell and no axis: 75 v 74.
rsasim::summary::Results single_cell(rsasim::summary::Engine engine);

/// A swept rate of two values times a zip of three steps: n_treated's total, an odds ratio that is
/// a parameter, and a text.
rsasim::summary::Results sweep(rsasim::summary::Engine engine);

/// Empty where everything that a file stores is the same to the last bit (NaN equals NaN);
/// otherwise the name of the first difference.
std::string difference(const rsasim::summary::Results& a, const rsasim::summary::Results& b);

}  // namespace sample
