#pragma once

#include "faults.hpp"
#include "value.hpp"
#include "vocabulary.hpp"

namespace rsasim::scenario {

/// Makes the covariates, correlations, stages and biomarkers that a file names known. Entries
/// without a name, with a bad name or a name given twice, and lists that are none are faults.
void read_entry_names(const Table& root, Vocabulary& vocabulary, Faults& faults);

/// The name of an entry of a table; empty where it has none that is sound.
std::string entry_name(std::string_view table, const Value& entry);

/// True for letters, digits, - and _, a letter first.
bool is_name(std::string_view text);

}  // namespace rsasim::scenario
