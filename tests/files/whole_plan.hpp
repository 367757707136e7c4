#pragma once

#include <rsasim/analysis/catalogue.hpp>

/// Every method of the catalogue with the default levels; the costly ones if they are wanted.
inline rsasim::design::AnalysisPlan whole_plan(bool are_costly_wanted = false) {
    using rsasim::analysis::Role;
    rsasim::design::AnalysisPlan plan;
    for (const auto& row : rsasim::analysis::catalogue()) {
        if (row.is_costly && !are_costly_wanted) continue;
        const rsasim::design::MethodChoice method{std::string(row.id), {}};
        if (row.role == Role::test) plan.tests.push_back(method);
        if (row.role == Role::interval) plan.intervals.push_back({row.measure, method});
        if (row.role == Role::estimate) plan.estimators.push_back({row.measure, method});
    }
    return plan;
}
