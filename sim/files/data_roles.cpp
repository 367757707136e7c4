#include "data_roles.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::files {
namespace {

constexpr std::size_t most_names_shown = 30;

std::string listed(const std::vector<std::string>& texts) {
    const auto shown = std::min(texts.size(), most_names_shown);
    return fmt::format("{}{}",
                       fmt::join(texts.begin(), texts.begin() + static_cast<long>(shown), ", "),
                       shown < texts.size() ? ", …" : "");
}

class RoleFinder {
  public:
    RoleFinder(const CsvTable& table, const DataColumns& meaning, std::vector<std::string>& faults)
        : table_(table), meaning_(meaning), faults_(faults) {}

    ColumnRoles find() && {
        const std::size_t known_faults = faults_.size();
        name_columns();
        if (faults_.size() == known_faults) check_uses();
        return std::move(roles_);
    }

  private:
    [[nodiscard]] bool is_column(std::string_view name) const {
        return std::ranges::count(table_.names, name) > 0;
    }

    std::size_t column_named(const std::string& name, std::string_view flag) {
        const auto found = std::ranges::find(table_.names, name);
        if (found != table_.names.end()) {
            return static_cast<std::size_t>(found - table_.names.begin());
        }
        const std::vector<std::string_view> known(table_.names.begin(), table_.names.end());
        const std::string_view near = scenario::nearest(name, known);
        faults_.push_back(fmt::format(
            "{}:1: {} {}: there is no such column. {}The columns are: {}.", table_.path, flag, name,
            near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near), listed(table_.names)));
        return 0;
    }

    /// A column's name, or "NAME op VALUE" with blanks around the comparison.
    FeatureOfData feature_named(const std::string& text, std::string_view flag) {
        if (is_column(text)) return {column_named(text, flag), "", ""};
        for (const std::string_view sign : {">=", "<=", ">", "<", "="}) {
            const auto words = fmt::format(" {} ", sign);
            const auto at = text.find(words);
            if (at == std::string::npos) continue;
            return {column_named(text.substr(0, at), flag), std::string(sign),
                    text.substr(at + words.size())};
        }
        return {column_named(text, flag), "", ""};
    }

    void name_columns() {
        roles_.outcome = column_named(meaning_.outcome, "--outcome");
        roles_.arm = column_named(meaning_.arm, "--arm");
        for (const auto& name : meaning_.adjust)
            roles_.adjust.push_back(column_named(name, "--adjust"));
        for (const auto& name : meaning_.strata)
            roles_.strata.push_back(column_named(name, "--strata"));
        for (const auto& name : meaning_.factors)
            roles_.factors.insert(column_named(name, "--factor"));
        if (meaning_.interaction)
            roles_.interaction = feature_named(*meaning_.interaction, "--interaction");
        for (const auto& [name, baseline] : meaning_.biomarkers) {
            roles_.biomarkers.push_back(column_named(name, "--biomarker"));
            roles_.baselines.emplace_back();
            if (baseline) roles_.baselines.back() = column_named(*baseline, "--biomarker");
        }
    }

    void refuse(std::string_view flag, std::size_t column, std::string_view why) {
        faults_.push_back(
            fmt::format("{}: {} {}: {}", table_.path, flag, table_.names[column], why));
    }

    void refuse_outcome_or_arm(std::string_view flag, std::size_t column) {
        if (column != roles_.outcome && column != roles_.arm) return;
        refuse(flag, column, "is the outcome or the arm. Name another column.");
    }

    void check_uses() {
        std::set<std::size_t> seen{roles_.outcome};
        if (!seen.insert(roles_.arm).second)
            refuse("--arm", roles_.arm, "is the outcome too. Name another column.");
        for (const std::size_t column : roles_.adjust) {
            if (seen.insert(column).second) continue;
            refuse("--adjust", column, "is used already. Name each column once.");
        }
        for (const std::size_t column : roles_.factors) {
            if (std::ranges::count(roles_.adjust, column) > 0) continue;
            refuse("--factor", column,
                   "is no column of --adjust. Name columns that are adjusted for.");
        }
        for (const std::size_t column : roles_.strata)
            refuse_outcome_or_arm("--strata", column);
        if (roles_.interaction) refuse_outcome_or_arm("--interaction", roles_.interaction->column);
        std::set<std::size_t> endpoints;
        for (const std::size_t column : roles_.biomarkers) {
            refuse_outcome_or_arm("--biomarker", column);
            if (!endpoints.insert(column).second)
                refuse("--biomarker", column, "is given twice. Name each biomarker once.");
        }
        for (const auto& baseline : roles_.baselines) {
            if (baseline) refuse_outcome_or_arm("--biomarker", *baseline);
        }
    }

    const CsvTable& table_;
    const DataColumns& meaning_;
    std::vector<std::string>& faults_;
    ColumnRoles roles_;
};

}  // namespace

std::set<std::size_t> ColumnRoles::beside_outcome() const {
    std::set<std::size_t> used{arm};
    used.insert(adjust.begin(), adjust.end());
    used.insert(strata.begin(), strata.end());
    used.insert(biomarkers.begin(), biomarkers.end());
    if (interaction) used.insert(interaction->column);
    for (const auto& baseline : baselines) {
        if (baseline) used.insert(*baseline);
    }
    return used;
}

ColumnRoles find_columns(const CsvTable& table, const DataColumns& meaning,
                         std::vector<std::string>& faults) {
    return RoleFinder(table, meaning, faults).find();
}

}  // namespace rsasim::files
