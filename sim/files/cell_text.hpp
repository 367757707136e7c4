#pragma once

#include "number_text.hpp"
#include "text_table.hpp"

#include <span>
#include <string>
#include <vector>

#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// One cell in full: tests, intervals of each measure, estimators, contradictions.
std::string cell_text(const summary::Results& results, std::size_t cell,
                      const TextOptions& options);

/// One line a cell: what is swept, and the power of each test that fits.
void sweep_text(const summary::Results& results, const TextOptions& options, const TextSink& sink);

/// What is to be said of powers and coverages of 0 and 1 in these cells; empty where there are
/// none.
std::string extreme_shares_remark(const summary::Results& results,
                                  std::span<const summary::CellResults> cells);

/// Decimals for a column of figures, by the largest Monte Carlo error among them.
int decimals_for(const std::vector<summary::Figure>& column, summary::Engine engine);
/// The same of the column with this largest error; 0 where there is none.
int decimals_for(double largest_mcse, summary::Engine engine);

/// "power", or "type I error" where both arms have the same rate.
std::string power_heading(summary::InNull is_null);

/// The rendered table under a heading, and a remark where columns did not fit.
std::string titled(const std::string& heading, const TextTable& table, const TextOptions& options);

}  // namespace rsasim::files
