#pragma once

#include <filesystem>

#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Throws scenario::InputErrors with all that differs, unless stored results can be gone on from as
/// a part of this scenario: the same trial models, seed and generator, program version, and where
/// trials are analysed as they come the same analyses; no replicates beyond those wanted. Numbers
/// of replicates, titles and, where tables are all that is kept, analyses may differ.
void require_same_work(const summary::Results& stored, const scenario::Scenario& scenario,
                       const std::filesystem::path& path);

}  // namespace rsasim::commands
