#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>

/// What the tests of the analysis share: judging one table by a method's name.
namespace judging {

using rsasim::analysis::Finding;
using rsasim::analysis::Interval;
using rsasim::analysis::MethodRow;
using rsasim::analysis::Role;
using rsasim::design::Measure;
using rsasim::design::Table2x2;

constexpr double usual_confidence = 0.95;

inline Finding judge(Role role, Measure measure, const std::string& id, const Table2x2& table,
                     double confidence = usual_confidence) {
    return rsasim::analysis::prepare(role, measure, {id, {}},
                                     {{table.treated.n, table.control.n}, confidence})(table);
}

/// The judge of a row of the catalogue with its default options.
inline rsasim::analysis::Judge prepare(const MethodRow& row, rsasim::design::ArmSizes sizes,
                                       double confidence = usual_confidence) {
    return rsasim::analysis::prepare(row.role, row.measure, {std::string(row.id), {}},
                                     {sizes, confidence});
}

inline Finding test(const std::string& id, const Table2x2& table) {
    return judge(Role::test, Measure::odds_ratio, id, table);
}

inline Finding interval(Measure measure, const std::string& id, const Table2x2& table,
                        double confidence = usual_confidence) {
    return judge(Role::interval, measure, id, table, confidence);
}

inline Finding estimate(Measure measure, const std::string& id, const Table2x2& table) {
    return judge(Role::estimate, measure, id, table);
}

inline std::string describe(const Table2x2& table) {
    return fmt::format("{}/{} v {}/{}", table.treated.events, table.treated.n, table.control.events,
                       table.control.n);
}

inline std::string describe(const MethodRow& row) {
    return fmt::format("{}:{}", rsasim::design::name_of(row.measure), row.id);
}

/// Calls `action(table)` for every table with these arm sizes.
template <class Action>
void for_each_table(std::int64_t n_treated, std::int64_t n_control, Action&& action) {
    for (std::int64_t x1 = 0; x1 <= n_treated; ++x1) {
        for (std::int64_t x0 = 0; x0 <= n_control; ++x0) {
            action(Table2x2{{x1, n_treated}, {x0, n_control}});
        }
    }
}

}  // namespace judging
