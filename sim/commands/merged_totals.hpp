#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/stored_state.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Replicates of a cell.
struct CellRange {
    std::size_t cell = 0;
    tally::ReplicateRange replicates;
};

/// The sum of the integers of files. Memory depends on what is stored, not on how many files.
class MergedTotals {
  public:
    explicit MergedTotals(const scenario::Scenario& scenario);

    /// Throws scenario::InputErrors, with nothing added, where the numbers of the file are not
    /// those of the scenario's designs. Its replicates are not to be there yet.
    void add(const std::string& path, files::StoredState state);

    /// The first replicates of the file that are there already.
    [[nodiscard]] std::optional<CellRange> first_common(const files::StoredState& state) const;
    [[nodiscard]] const std::vector<engine::CellTotals>& totals() const { return totals_; }
    /// Moves the totals out; cells without replicates have zeros.
    std::vector<engine::CellTotals> take();

  private:
    void check(const std::string& path, const files::StoredCell& cell);
    const std::shared_ptr<const tally::PatientLayout>& layout_of(std::size_t cell);

    std::vector<design::Cell> cells_;
    std::vector<engine::CellTotals> totals_;
    std::vector<std::shared_ptr<const tally::PatientLayout>> layouts_;
};

}  // namespace rsasim::commands
