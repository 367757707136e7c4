#include "csv_table.hpp"
#include "data_cells.hpp"
#include "data_roles.hpp"
#include "kept_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/trial_data.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::files {

namespace {

using design::lanes;

constexpr std::size_t most_values_shown = 6;

/// Reads the columns and collects what is wrong with them.
class DataReader {
  public:
    DataReader(CsvTable table, const DataColumns& meaning) : table_(std::move(table)) {
        data_.path = table_.path;
        data_.meaning = meaning;
        data_.rows = table_.rows.size();
    }

    TrialData read() && {
        roles_ = find_columns(table_, data_.meaning, faults_);
        stop_at_faults();
        keep_complete_rows();
        read_arm();
        read_outcome();
        for (const std::size_t column : roles_.adjust)
            add_features(column);
        read_strata();
        read_other_endpoints();
        check_features();
        stop_at_faults();
        count_table();
        return std::move(data_);
    }

  private:
    void stop_at_faults() const {
        if (!faults_.empty()) throw scenario::InputErrors(faults_);
    }

    void keep_complete_rows() {
        auto used = roles_.beside_outcome();
        if (data_.meaning.missing == design::Handling::complete_case) used.insert(roles_.outcome);
        std::map<std::size_t, std::size_t> missing;
        std::vector<std::size_t> kept;
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            bool is_complete = true;
            for (const std::size_t column : used) {
                if (!is_missing(table_.rows[row][column])) continue;
                is_complete = false;
                ++missing[column];
            }
            if (is_complete) kept.push_back(row);
        }
        data_.dropped = table_.rows.size() - kept.size();
        for (const auto& [column, count] : missing)
            data_.incomplete.push_back(fmt::format("{}: {}", table_.names[column], count));
        rows_ = KeptRows(table_, std::move(kept));
    }

    void read_arm() {
        const auto values = rows_.values_of(roles_.arm);
        const std::string& name = table_.names[roles_.arm];
        if (values.size() != 2) {
            const auto shown = std::min(values.size(), most_values_shown);
            faults_.push_back(fmt::format(
                "{}: --arm {}: has {} value{}{}{} in the {} complete rows, but a trial has two "
                "arms. Name the column of the arm, or keep two arms in the file.",
                table_.path, name, values.size(), values.size() == 1 ? "" : "s",
                shown > 0 ? ": " : "",
                fmt::join(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(shown),
                          ", "),
                rows_.women()));
            return;
        }
        data_.treated = data_.meaning.treated.value_or(values[1]);
        if (std::ranges::find(values, data_.treated) == values.end()) {
            faults_.push_back(fmt::format("{}: --treated {}: {} is {} or {}. Give one of them.",
                                          table_.path, data_.treated, name, values[0], values[1]));
            return;
        }
        data_.control = data_.treated == values[0] ? values[1] : values[0];
        data_.treated_column = rows_.empty_column();
        for (std::size_t woman = 0; woman < rows_.women(); ++woman) {
            const bool is_treated = rows_.cell(woman, roles_.arm) == data_.treated;
            data_.treated_column[woman * lanes] = is_treated ? 1 : 0;
        }
    }

    /// What a woman counts as whose outcome is missing.
    [[nodiscard]] double outcome_without(std::size_t woman) const {
        const bool is_treated =
            !data_.treated_column.empty() && data_.treated_column[woman * lanes] != 0;
        const bool is_event =
            (data_.meaning.missing == design::Handling::worst_case && !is_treated) ||
            (data_.meaning.missing == design::Handling::best_case && is_treated);
        return is_event ? 1 : 0;
    }

    void read_outcome() {
        data_.outcome_column = rows_.empty_column();
        for (std::size_t woman = 0; woman < rows_.women(); ++woman) {
            double& outcome = data_.outcome_column[woman * lanes];
            const std::string& cell = rows_.cell(woman, roles_.outcome);
            if (is_missing(cell)) {
                outcome = outcome_without(woman);
                ++data_.without_outcome;
                continue;
            }
            const auto value = number_in(cell);
            if (!value || (*value != 0 && *value != 1)) {
                faults_.push_back(
                    fmt::format("{}: an outcome is 1 (event) or 0 (none). Code it so.",
                                rows_.place(woman, roles_.outcome)));
                return;
            }
            outcome = *value;
        }
    }

    enum class Kind { numbers, levels, mixed };

    /// Levels are texts alone, or what is declared a factor.
    [[nodiscard]] Kind kind_of(std::size_t column) const {
        if (roles_.factors.contains(column)) return Kind::levels;
        if (!rows_.first_text(column)) return Kind::numbers;
        return rows_.has_numbers(column) ? Kind::mixed : Kind::levels;
    }

    void add_features(std::size_t column) {
        const std::string& name = table_.names[column];
        const Kind kind = kind_of(column);
        if (kind == Kind::mixed) {
            faults_.push_back(rows_.no_number(
                *rows_.first_text(column), column,
                fmt::format(", or give --factor {} where the values are levels", name)));
            return;
        }
        if (kind == Kind::numbers) {
            data_.features.push_back(name);
            data_.feature_columns.push_back(rows_.numbers_of(column, faults_));
            return;
        }
        const auto values = rows_.values_of(column);
        // One level gives no indicator, but the fit must hear of it: a column of ones.
        const std::size_t first = values.size() == 1 ? 0 : 1;
        for (std::size_t level = first; level < values.size(); ++level) {
            data_.features.push_back(fmt::format("{} = {}", name, values[level]));
            auto& indicators = data_.feature_columns.emplace_back(rows_.empty_column());
            for (std::size_t woman = 0; woman < rows_.women(); ++woman)
                indicators[woman * lanes] = rows_.cell(woman, column) == values[level] ? 1 : 0;
            if (data_.features.size() > TrialData::most_features) return;
        }
    }

    void check_features() {
        if (data_.features.size() <= TrialData::most_features) return;
        faults_.push_back(fmt::format(
            "{}: --adjust {}: more than {} features, counting each level of a text but the first. "
            "Adjust for fewer columns or levels.",
            table_.path, fmt::join(data_.meaning.adjust, ","), TrialData::most_features));
    }

    void read_strata() {
        if (roles_.strata.empty()) return;
        std::map<std::vector<std::string>, std::size_t> places;
        data_.stratum_column = rows_.empty_column();
        for (std::size_t woman = 0; woman < rows_.women(); ++woman) {
            std::vector<std::string> key;
            for (const std::size_t column : roles_.strata)
                key.push_back(rows_.cell(woman, column));
            const auto place = places.try_emplace(std::move(key), places.size()).first->second;
            data_.stratum_column[woman * lanes] = static_cast<double>(place);
        }
        data_.strata = std::max<std::size_t>(1, places.size());
        if (data_.strata > TrialData::most_strata) {
            faults_.push_back(
                fmt::format("{}: --strata {}: {} strata, but at most {} are "
                            "analysed. Stratify by fewer columns or levels.",
                            table_.path, fmt::join(data_.meaning.strata, ","), data_.strata,
                            TrialData::most_strata));
        }
    }

    void read_other_endpoints() {
        if (roles_.interaction)
            data_.interaction_column = rows_.feature_of(*roles_.interaction, faults_);
        for (std::size_t i = 0; i < roles_.biomarkers.size(); ++i) {
            data_.biomarker_columns.push_back(rows_.numbers_of(roles_.biomarkers[i], faults_));
            data_.baseline_columns.emplace_back();
            if (const auto& baseline = roles_.baselines[i])
                data_.baseline_columns.back() = rows_.numbers_of(*baseline, faults_);
        }
    }

    void count_table() {
        for (std::size_t woman = 0; woman < rows_.women(); ++woman) {
            const bool is_treated = data_.treated_column[woman * lanes] != 0;
            design::ArmCounts& arm = is_treated ? data_.table.treated : data_.table.control;
            ++arm.n;
            arm.events += data_.outcome_column[woman * lanes] != 0 ? 1 : 0;
        }
    }

    CsvTable table_;
    TrialData data_;
    ColumnRoles roles_;
    KeptRows rows_;  ///< of table_
    std::vector<std::string> faults_;
};

/// The numbers of a column, or a null pointer where it is empty.
const double* numbers_in(const design::Column& column) {
    return column.empty() ? nullptr : column.data();
}

}  // namespace

design::PatientColumns TrialData::columns() const {
    design::PatientColumns columns;
    columns.women = outcome_column.size() / lanes;
    columns.live = 1;
    columns.treated = treated_column.data();
    columns.outcome = outcome_column.data();
    columns.stratum = numbers_in(stratum_column);
    columns.interaction = numbers_in(interaction_column);
    for (const design::Column& feature : feature_columns)
        columns.adjust.push_back(feature.data());
    for (const design::Column& biomarker : biomarker_columns)
        columns.biomarkers.push_back(biomarker.data());
    for (const design::Column& baseline : baseline_columns)
        columns.baselines.push_back(numbers_in(baseline));
    return columns;
}

std::string_view handling_word(design::Handling handling) {
    switch (handling) {
        case design::Handling::failure:
            return "failure";
        case design::Handling::complete_case:
            return "complete-case";
        case design::Handling::worst_case:
            return "worst-case";
        case design::Handling::best_case:
            return "best-case";
        case design::Handling::multiple_imputation:
            return "multiple-imputation";
    }
    return "";
}

TrialData read_trial_data(const std::string& path, const DataColumns& meaning) {
    return DataReader(read_csv(path), meaning).read();
}

}  // namespace rsasim::files
