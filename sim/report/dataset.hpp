#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::report {

using Json = nlohmann::ordered_json;

/// A number to six significant digits, or fewer; null where it is not finite. The largest doubles,
/// which rounding would make infinite, stay as they are.
Json rounded(double value, int digits = 6);

/// Columns of equal length. Numbers are rounded: pictures show no more, and the results file
/// has all their digits. A column of texts holds places in its dictionary.
class Dataset {
  public:
    struct Heading {
        std::string name, title;
        bool is_text = false;
    };
    explicit Dataset(const std::vector<Heading>& headings);

    /// Adds a row: as many entries as there are columns; strings, numbers or null.
    void add(const std::vector<Json>& row);
    [[nodiscard]] bool empty() const { return rows_ == 0; }
    /// [{"name", "title", "dictionary", "values"}].
    [[nodiscard]] Json columns() const;
    /// The same as rows; `cell` gives place i0, i1 ... and value a0, a1 ... on each axis.
    [[nodiscard]] Json rows(const std::vector<files::ShownAxis>& axes) const;
    /// The different texts of a column in the order in which they came.
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
    /// The different numbers of a column, ascending.
    [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) const;

  private:
    struct Column {
        Heading heading;
        std::vector<std::string> dictionary;
        std::map<std::string, std::size_t> places;
        std::vector<Json> values;
    };
    [[nodiscard]] const Column& column(const std::string& name) const;
    std::vector<Column> columns_;
    std::size_t rows_ = 0;
};

}  // namespace rsasim::report
