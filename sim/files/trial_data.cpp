#include "csv_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/trial_data.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::files {

namespace {

using design::lanes;

constexpr std::size_t most_values_shown = 6;

bool is_missing(const std::string& cell) {
    return cell.empty() || cell == "NA";
}

/// A finite decimal number; blanks around it do not count.
std::optional<double> number_in(std::string_view cell) {
    while (cell.starts_with(' '))
        cell.remove_prefix(1);
    while (cell.ends_with(' '))
        cell.remove_suffix(1);
    if (cell.starts_with('+')) cell.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

/// Numbers by their value, texts by their bytes, numbers first.
bool sorts_before(const std::string& a, const std::string& b) {
    const auto left = number_in(a), right = number_in(b);
    if (left && right && *left != *right) return *left < *right;
    if (left.has_value() != right.has_value()) return left.has_value();
    return a < b;
}

/// Reads the columns and collects what is wrong with them.
class DataReader {
  public:
    DataReader(CsvTable table, const DataColumns& meaning) : table_(std::move(table)) {
        data_.path = table_.path;
        data_.meaning = meaning;
        data_.rows = table_.rows.size();
    }

    TrialData read() && {
        find_columns();
        stop_at_faults();
        keep_complete_rows();
        read_outcome();
        read_arm();
        for (const std::size_t column : adjust_)
            add_features(column);
        read_strata();
        check_features();
        stop_at_faults();
        count_table();
        return std::move(data_);
    }

  private:
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

    static std::string listed(const std::vector<std::string>& texts) {
        const auto shown = std::min(texts.size(), most_values_shown * 5);
        return fmt::format("{}{}", fmt::join(texts.begin(), texts.begin() + shown, ", "),
                           shown < texts.size() ? ", …" : "");
    }

    void find_columns() {
        outcome_ = column_named(data_.meaning.outcome, "--outcome");
        arm_ = column_named(data_.meaning.arm, "--arm");
        for (const auto& name : data_.meaning.adjust)
            adjust_.push_back(column_named(name, "--adjust"));
        for (const auto& name : data_.meaning.strata)
            strata_.push_back(column_named(name, "--strata"));
        if (!faults_.empty()) return;
        std::set<std::size_t> seen{outcome_};
        if (!seen.insert(arm_).second) {
            faults_.push_back(fmt::format("{}: --arm {}: is the outcome too. Name another column.",
                                          table_.path, data_.meaning.arm));
        }
        for (const std::size_t column : adjust_) {
            if (seen.insert(column).second) continue;
            faults_.push_back(
                fmt::format("{}: --adjust {}: is used already. Name each column once.", table_.path,
                            table_.names[column]));
        }
        for (const std::size_t column : strata_) {
            if (column != outcome_ && column != arm_) continue;
            faults_.push_back(
                fmt::format("{}: --strata {}: is the outcome or the arm. Name "
                            "another column.",
                            table_.path, table_.names[column]));
        }
    }

    void stop_at_faults() const {
        if (!faults_.empty()) throw scenario::InputErrors(faults_);
    }

    void keep_complete_rows() {
        std::set<std::size_t> used{outcome_, arm_};
        used.insert(adjust_.begin(), adjust_.end());
        used.insert(strata_.begin(), strata_.end());
        std::map<std::size_t, std::size_t> missing;
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            bool is_complete = true;
            for (const std::size_t column : used) {
                if (!is_missing(table_.rows[row][column])) continue;
                is_complete = false;
                ++missing[column];
            }
            if (is_complete) kept_.push_back(row);
        }
        data_.dropped = table_.rows.size() - kept_.size();
        for (const auto& [column, count] : missing)
            data_.incomplete.push_back(fmt::format("{}: {}", table_.names[column], count));
    }

    const std::string& cell(std::size_t woman, std::size_t column) const {
        return table_.rows[kept_[woman]][column];
    }
    [[nodiscard]] design::Column empty_column() const {
        return design::Column(kept_.size() * lanes, 0.0);
    }

    void read_outcome() {
        data_.outcome_column = empty_column();
        for (std::size_t woman = 0; woman < kept_.size(); ++woman) {
            const auto value = number_in(cell(woman, outcome_));
            if (!value || (*value != 0 && *value != 1)) {
                faults_.push_back(fmt::format(
                    "{}:{}: {} = \"{}\": an outcome is 1 (event) or 0 (none). Code it so.",
                    table_.path, table_.lines[kept_[woman]], table_.names[outcome_],
                    cell(woman, outcome_)));
                return;
            }
            data_.outcome_column[woman * lanes] = *value;
        }
    }

    /// The values of a column in sort order.
    [[nodiscard]] std::vector<std::string> values_of(std::size_t column) const {
        std::vector<std::string> values;
        for (std::size_t woman = 0; woman < kept_.size(); ++woman)
            values.push_back(cell(woman, column));
        std::ranges::sort(values, sorts_before);
        values.erase(std::unique(values.begin(), values.end()), values.end());
        return values;
    }

    void read_arm() {
        const auto values = values_of(arm_);
        if (values.size() != 2) {
            const auto shown = std::min(values.size(), most_values_shown);
            faults_.push_back(fmt::format(
                "{}: --arm {}: has {} values{}{} in the {} complete rows, but a trial has two "
                "arms. Name the column of the arm, or keep two arms in the file.",
                table_.path, table_.names[arm_], values.size(), shown > 0 ? ": " : "",
                fmt::join(values.begin(), values.begin() + shown, ", "), kept_.size()));
            return;
        }
        data_.treated = data_.meaning.treated.value_or(values[1]);
        if (std::ranges::find(values, data_.treated) == values.end()) {
            faults_.push_back(fmt::format("{}: --treated {}: {} is {} or {}. Give one of them.",
                                          table_.path, data_.treated, table_.names[arm_], values[0],
                                          values[1]));
            return;
        }
        data_.control = data_.treated == values[0] ? values[1] : values[0];
        data_.treated_column = empty_column();
        for (std::size_t woman = 0; woman < kept_.size(); ++woman)
            data_.treated_column[woman * lanes] = cell(woman, arm_) == data_.treated ? 1 : 0;
    }

    void add_features(std::size_t column) {
        const auto values = values_of(column);
        if (std::ranges::all_of(
                values, [](const std::string& value) { return number_in(value).has_value(); })) {
            add_feature(
                table_.names[column], [](const std::string& value) { return *number_in(value); },
                column);
            return;
        }
        // One level gives no indicator, but the fit must hear of it: a column of ones.
        const std::size_t first = values.size() == 1 ? 0 : 1;
        for (std::size_t level = first; level < values.size(); ++level) {
            add_feature(
                fmt::format("{} = {}", table_.names[column], values[level]),
                [&](const std::string& value) { return value == values[level] ? 1.0 : 0.0; },
                column);
            if (data_.features.size() > TrialData::most_features) return;
        }
    }

    template <class Value>
    void add_feature(std::string label, Value value, std::size_t column) {
        data_.features.push_back(std::move(label));
        auto& numbers = data_.feature_columns.emplace_back(empty_column());
        for (std::size_t woman = 0; woman < kept_.size(); ++woman)
            numbers[woman * lanes] = value(cell(woman, column));
    }

    void check_features() {
        if (data_.features.size() <= TrialData::most_features) return;
        faults_.push_back(fmt::format(
            "{}: --adjust {}: more than {} features, counting each level of a text but the first. "
            "Adjust for fewer columns or levels.",
            table_.path, fmt::join(data_.meaning.adjust, ","), TrialData::most_features));
    }

    void read_strata() {
        if (strata_.empty()) return;
        std::map<std::vector<std::string>, std::size_t> places;
        data_.stratum_column = empty_column();
        for (std::size_t woman = 0; woman < kept_.size(); ++woman) {
            std::vector<std::string> key;
            for (const std::size_t column : strata_)
                key.push_back(cell(woman, column));
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

    void count_table() {
        for (std::size_t woman = 0; woman < kept_.size(); ++woman) {
            const bool is_treated = data_.treated_column[woman * lanes] != 0;
            design::ArmCounts& arm = is_treated ? data_.table.treated : data_.table.control;
            ++arm.n;
            arm.events += data_.outcome_column[woman * lanes] != 0 ? 1 : 0;
        }
    }

    CsvTable table_;
    TrialData data_;
    std::size_t outcome_ = 0, arm_ = 0;
    std::vector<std::size_t> adjust_, strata_;
    std::vector<std::size_t> kept_;  ///< rows without missing values
    std::vector<std::string> faults_;
};

}  // namespace

design::PatientColumns TrialData::columns() const {
    design::PatientColumns columns;
    columns.women = outcome_column.size() / lanes;
    columns.live = 1;
    columns.treated = treated_column.data();
    columns.outcome = outcome_column.data();
    columns.stratum = stratum_column.empty() ? nullptr : stratum_column.data();
    for (const design::Column& feature : feature_columns)
        columns.adjust.push_back(feature.data());
    return columns;
}

TrialData read_trial_data(const std::string& path, const DataColumns& meaning) {
    return DataReader(read_csv(path), meaning).read();
}

}  // namespace rsasim::files
