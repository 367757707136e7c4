#include "patient_conduct.hpp"

#include "patient_pathway.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

using design::Handling;

struct HandlingRow {
    std::string_view word;
    Handling handling;
};

constexpr std::array handlings{HandlingRow{"failure", Handling::failure},
                               HandlingRow{"complete-case", Handling::complete_case},
                               HandlingRow{"worst-case", Handling::worst_case},
                               HandlingRow{"best-case", Handling::best_case},
                               HandlingRow{"multiple-imputation", Handling::multiple_imputation}};

/// The log odds of a share in [0, 1], infinite at the ends.
double log_odds_of(double share) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (share == 0) return -infinity;
    return share == 1 ? infinity : std::log(share / (1 - share));
}

design::ArmDropout arm_dropout(const CellReader& cell, std::string_view arm) {
    const auto path = [arm](std::string_view key) {
        return fmt::format("dropout.{}.{}", arm, key);
    };
    return {log_odds_of(cell.number(path("rate")).value_or(0)),
            std::log(cell.number(path("outcome_odds_ratio")).value_or(1))};
}

/// The first key below a table that is set; a null pointer where none is.
const KeyRow* any_key_of(const CellReader& cell, std::string_view table) {
    const auto& rows = cell.vocabulary().rows();
    const auto found = std::ranges::find_if(rows, [&](const KeyRow* row) {
        const Value* value = row->path.starts_with(table) ? cell.find(row->path) : nullptr;
        return value != nullptr && (value->place.is_in_file() || !value->place.flag.empty());
    });
    return found == rows.end() ? nullptr : *found;
}

}  // namespace

std::optional<design::Dropout> read_dropout(const CellReader& cell,
                                            const std::vector<CovariateEntry>& covariates) {
    if (!cell.has("dropout.treated.rate") && !cell.has("dropout.control.rate")) {
        if (const KeyRow* row = any_key_of(cell, "dropout.")) {
            cell.fault(row->path,
                       "dropout.treated.rate or dropout.control.rate is needed: without "
                       "them nobody is lost. Write treated = { rate = 0.1 } and control "
                       "= { rate = 0.1 } below [dropout].");
        }
        return std::nullopt;
    }
    return design::Dropout{arm_dropout(cell, "treated"), arm_dropout(cell, "control"),
                           read_terms(cell, "dropout.effects.", covariates)};
}

std::optional<design::Adherence> read_adherence(const CellReader& cell,
                                                const std::vector<CovariateEntry>& covariates) {
    const auto treated = cell.number("adherence.treated");
    const auto control = cell.number("adherence.control");
    if (!treated && !control) {
        if (const KeyRow* row = any_key_of(cell, "adherence.")) {
            cell.fault(row->path,
                       "adherence.treated or adherence.control is needed: without them "
                       "all women take their arm's treatment. Write treated = 0.9 below "
                       "[adherence].");
        }
        return std::nullopt;
    }
    return design::Adherence{log_odds_of(treated.value_or(1)), log_odds_of(control.value_or(1)),
                             read_terms(cell, "adherence.effects.", covariates)};
}

std::optional<Handling> handling_of(std::string_view word) {
    const auto* row = std::ranges::find(handlings, word, &HandlingRow::word);
    return row == handlings.end() ? std::nullopt : std::optional(row->handling);
}

Handling read_handling(const CellReader& cell) {
    if (!cell.has("dropout.handling")) return Handling::failure;
    return *handling_of(cell.text("dropout.handling"));
}

}  // namespace rsasim::scenario
