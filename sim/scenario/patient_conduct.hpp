#pragma once

#include "cell_reader.hpp"
#include "conditions.hpp"

#include <optional>
#include <vector>

#include <rsasim/design/allocation.hpp>
#include <rsasim/design/conduct.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::scenario {

std::optional<design::Dropout> read_dropout(const CellReader& cell,
                                            const std::vector<CovariateEntry>& covariates);

std::optional<design::Adherence> read_adherence(const CellReader& cell,
                                                const std::vector<CovariateEntry>& covariates);

/// What missing outcomes count as in the primary set.
design::Handling read_handling(const CellReader& cell);

/// "failure" and so on as its value; nothing where the word is none.
std::optional<design::Handling> handling_of(std::string_view word);

/// The scheme with the parameters it uses. The ratio is that of the arms.
design::Allocation read_allocation(const CellReader& cell, design::ArmSizes sizes,
                                   const std::vector<CovariateEntry>& covariates);

/// That each key of [allocation] is used by the scheme, or by one that is swept.
void check_allocation_keys(const CellValues& values, Faults& faults);

}  // namespace rsasim::scenario
