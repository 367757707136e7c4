#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/replayed_woman.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// One simulated trial: its women, where the design has them, and what the analyses found.
struct ReplayedReplicate {
    std::size_t cell = 0;
    std::int64_t replicate = 0;
    const design::Design& design;
    design::Table2x2 table;
    std::span<const design::ReplayedWoman> women;
    std::span<const analysis::Finding> findings;  ///< of the patient-level methods
};

/// A row for each woman, the 2x2 table and every finding, for people.
std::string replay_to_text(const ReplayedReplicate& trial, const TextOptions& options);

/// The women alone, a row each, for other programs; at count level the two arms.
std::string replay_to_csv(const ReplayedReplicate& trial);
std::string replay_csv_header(const ReplayedReplicate& trial);

/// All of it: schema rsasim.replay/1.
std::string replay_to_json(const ReplayedReplicate& trial);
/// The same on one line.
std::string replay_to_json_line(const ReplayedReplicate& trial);

}  // namespace rsasim::files
