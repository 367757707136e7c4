#pragma once

#include <string>

#include <rsasim/summary/measures.hpp>
#include <rsasim/summary/results.hpp>

/// Results built by hand, every number another, with the undefined and infinite among them.
namespace sample {

/// One cell and no axis: 75 v 74.
rsasim::summary::Results single_cell(rsasim::summary::Engine engine);

/// A swept rate of two values times a zip of three steps: an odds ratio, which is a parameter; a
/// total; and a text whose name `power` is taken by a variable.
rsasim::summary::Results sweep(rsasim::summary::Engine engine);

/// 250 cells with 600 rows of tables each: datasets beyond one chunk of 1 MiB.
rsasim::summary::Results wide();

/// Empty where everything that a file stores is the same to the last bit (NaN equals NaN);
/// otherwise the name of the first difference.
std::string difference(const rsasim::summary::Results& a, const rsasim::summary::Results& b);

}  // namespace sample
