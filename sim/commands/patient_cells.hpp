#pragma once

#include <string>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/design/grid.hpp>
#include <rsasim/summary/results.hpp>
#include <rsasim/tally/patient_tally.hpp>

namespace rsasim::commands {

/// Appends the labels of patient-level designs: methods, tests and characteristics, which all cells
/// share; `controlled` where any cell has a control variate.
void label_patients(const design::Grid& grid, summary::Results& results);

/// Moves the integers of a cell whose trials were analysed as they came into its results.
void take_patients(const tally::PatientTally& tally, summary::CellResults& cell);

/// Appends the women's analyses to the summary of a cell's tables.
void summarise_patients(const design::Design& design, const analysis::Judgement& judgement,
                        summary::CellResults& cell);

/// Summarises a cell whose trials were tallied one by one.
void summarise_tallied(const design::Design& design, summary::CellResults& cell);

/// Appends the powers with a control variate, empty ones where it does not apply to the cell.
void add_controlled_power(const design::Design& design, const analysis::Judgement& judgement,
                          summary::CellResults& cell);

/// Why the exact power of the table's tests is not known, so that it cannot serve as a control
/// variate; empty where it can.
std::string why_no_control_variate(const design::Design& design);

}  // namespace rsasim::commands
