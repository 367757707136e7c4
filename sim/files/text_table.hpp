#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rsasim::files {

/// Columns that a text takes on a terminal: its UTF-8 characters.
std::size_t columns_of(std::string_view text);

enum class Align { left, right };

/// How a table of texts is laid out.
struct TableStyle {
    std::size_t width = 100;
    std::size_t indent = 2;
    bool use_colour = false;
};

/// The columns of a table and how wide its rows make them, two blanks between columns. It keeps no
/// row: those of a long table are measured one by one, and then laid out one by one.
class TableColumns {
  public:
    /// `importance`: where the table is too wide the column of the largest number goes first, of
    /// equals the last one; 0 stays.
    void add(std::string heading, Align align, int importance = 0);
    [[nodiscard]] std::size_t size() const { return columns_.size(); }
    /// Makes the columns as wide as a row needs; one cell for each column.
    void measure(const std::vector<std::string>& row);

    /// Leaves out the columns that do not fit once all rows are measured; gives their headings.
    std::vector<std::string> fit(const TableStyle& style);
    /// The line of headings, and that of a row, each with its line break; to be called after fit().
    [[nodiscard]] std::string heading_line() const;
    [[nodiscard]] std::string line(const std::vector<std::string>& row) const;

  private:
    struct Column {
        std::string heading;
        Align align;
        int importance;
        std::size_t width;
        bool is_shown = true;
    };
    /// The column to be left out first; none where all that are left stay.
    [[nodiscard]] Column* least_important();
    template <class TextOf>
    [[nodiscard]] std::string aligned_line(const TextOf& text_of) const;

    std::vector<Column> columns_;
    TableStyle style_;
};

/// A table of texts, aligned.
class TextTable {
  public:
    /// As TableColumns::add.
    void add_column(std::string heading, Align align, int importance = 0);
    /// Missing cells are empty.
    void add_row(std::vector<std::string> cells);

    struct Rendered {
        std::string text;
        std::vector<std::string> left_out;  ///< headings of the columns that did not fit
    };
    [[nodiscard]] Rendered render(const TableStyle& style) const;

  private:
    TableColumns columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Bold where colour is wanted.
std::string emphasised(std::string_view text, bool use_colour);
/// Faint where colour is wanted.
std::string muted(std::string_view text, bool use_colour);

/// Breaks a paragraph at blanks, each line indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace rsasim::files
