#pragma once

#include "cell_values.hpp"
#include "faults.hpp"
#include "settings.hpp"

#include <optional>
#include <tuple>

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// True where analysis.equivalence is given.
bool has_equivalence(const Settings& settings);

/// The scale on which a margin is tested: that of analysis.equivalence, or of an analysis.null that
/// is swept or is not "no effect". Nothing where no effect is tested.
std::optional<design::Measure> margin_measure(const Settings& settings);

/// That margins of equivalence come in pairs and in order, and that no margin is tested on two
/// sides. After check_values.
void check_nulls(const Settings& settings, Faults& faults);

/// The null hypothesis of each cell.
class NullColumns {
  public:
    explicit NullColumns(const CellValues& values);

    /// Null, lower and upper margin, 0 where there is none: what tells the cells apart.
    [[nodiscard]] std::tuple<double, double, double> numbers(std::size_t cell) const;
    void put_into(design::AnalysisPlan& plan, std::size_t cell) const;

  private:
    std::optional<design::Measure> measure_;
    CellValues::Column null_, lower_, upper_;
};

}  // namespace rsasim::scenario
