#pragma once

#include <string>
#include <vector>

#include <rsasim/design/patient_plan.hpp>
#include <rsasim/files/trial_data.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What --tests and --intervals ask for of a data set, patient-level methods apart from the others.
struct DataMethods {
    std::vector<design::PatientChoice> patients;
    std::vector<scenario::FlagSetting> settings;  ///< those that are left, of the 2x2 table
    bool has_table_tests = true;                  ///< false where only patient-level ones are named
    bool has_table_intervals = true;
};

/// Without a list every patient-level method that the columns serve. Adds a fault for a named one
/// that they do not serve.
DataMethods methods_of_data(const std::vector<scenario::FlagSetting>& settings,
                            const files::DataColumns& columns, std::vector<std::string>& faults);

}  // namespace rsasim::commands
