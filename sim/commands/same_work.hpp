#pragma once

#include <filesystem>

#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Whether stored results are to be gone on from, or left as they are because they have all.
enum class StoredWork { unfinished, finished };

/// Throws scenario::InputErrors with all that differs, unless stored results can be gone on from as
/// a part of this scenario: the same trial models, seed and generator, program version, and where
/// trials are analysed as they come, or the work is finished, the same analyses, because nothing
/// would judge them anew; no replicates beyond those wanted, but of complete results that are
/// finished. Numbers of replicates, titles and, of unfinished work whose tables are kept, analyses
/// may differ.
void require_same_work(const summary::Results& stored, const scenario::Scenario& scenario,
                       const std::filesystem::path& path, StoredWork work);

}  // namespace rsasim::commands
