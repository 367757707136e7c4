#include "catalogue_rows.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::analysis {

namespace {

std::string_view name_of(Role role) {
    switch (role) {
        case Role::test:
            return "test";
        case Role::interval:
            return "interval";
        case Role::estimate:
            return "estimate";
    }
    return "method";
}

const OptionRow& find_option(const MethodRow& method, std::string_view name) {
    const auto found = std::ranges::find(method.options, name, &OptionRow::name);
    if (found == method.options.end()) {
        throw std::invalid_argument(fmt::format("{} has no option \"{}\"", method.id, name));
    }
    return *found;
}

std::map<std::string, double> complete_options(const MethodRow& method,
                                               const std::map<std::string, double>& given) {
    std::map<std::string, double> options;
    for (const OptionRow& row : method.options) {
        options.emplace(row.name, row.default_value);
    }
    for (const auto& [name, value] : given) {
        const OptionRow& row = find_option(method, name);
        if (!(value >= row.lowest && value <= row.highest)) {
            throw std::invalid_argument(fmt::format("{}: {} = {} is not in [{}, {}]", method.id,
                                                    name, value, row.lowest, row.highest));
        }
        options[name] = value;
    }
    return options;
}

}  // namespace

std::span<const MethodRow> catalogue() {
    static const std::vector<MethodRow> rows = [] {
        std::vector<MethodRow> joined;
        for (const auto part :
             {test_rows(), unconditional_test_rows(), odds_ratio_interval_rows(),
              risk_interval_rows(), unconditional_interval_rows(), estimate_rows()}) {
            joined.insert(joined.end(), part.begin(), part.end());
        }
        return joined;
    }();
    return rows;
}

const MethodRow* find_method(Role role, std::string_view id, design::Measure measure) {
    for (const MethodRow& row : catalogue()) {
        if (row.role == role && row.id == id && (role == Role::test || row.measure == measure)) {
            return &row;
        }
    }
    return nullptr;
}

bool has_null(const MethodRow& test, const design::Effect& null) {
    if (null.is_no_effect() || test.nulls == Nulls::any) return true;
    return test.nulls == Nulls::odds_ratio && null.measure == design::Measure::odds_ratio;
}

Judge prepare(Role role, design::Measure measure, const design::MethodChoice& choice,
              const Setting& setting) {
    const MethodRow* method = find_method(role, choice.id, measure);
    if (method == nullptr) {
        throw std::invalid_argument(fmt::format("\"{}\" is not a known {} for the {}", choice.id,
                                                name_of(role), design::name_of(measure)));
    }
    if (!(setting.confidence > 0 && setting.confidence < 1)) {
        throw std::invalid_argument(fmt::format("{}: confidence = {} is not between 0 and 1",
                                                choice.id, setting.confidence));
    }
    if (role == Role::test && !has_null(*method, setting.null)) {
        throw std::invalid_argument(fmt::format("{} does not test the null {} = {}", choice.id,
                                                design::name_of(setting.null.measure),
                                                setting.null.value));
    }
    Setting complete = setting;
    complete.options = complete_options(*method, choice.options);
    return method->prepare(complete);
}

}  // namespace rsasim::analysis
