#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rsasim::files {

/// Columns that a text takes on a terminal: its UTF-8 characters.
std::size_t columns_of(std::string_view text);

enum class Align { left, right };

/// A table of texts, aligned, two blanks between columns.
class TextTable {
  public:
    /// `importance`: where the table is too wide the column of the largest number goes first, of
    /// equals the last one; 0 stays.
    void add_column(std::string heading, Align align, int importance = 0);
    /// Missing cells are empty.
    void add_row(std::vector<std::string> cells);

    struct Style {
        std::size_t width = 100;
        std::size_t indent = 2;
        bool use_colour = false;
    };
    struct Rendered {
        std::string text;
        std::vector<std::string> left_out;  ///< headings of the columns that did not fit
    };
    [[nodiscard]] Rendered render(const Style& style) const;

  private:
    struct Column {
        std::string heading;
        Align align;
        int importance;
    };
    [[nodiscard]] std::vector<std::size_t> widths() const;
    [[nodiscard]] std::vector<bool> shown_within(std::size_t width) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Bold where colour is wanted.
std::string emphasised(std::string_view text, bool use_colour);
/// Faint where colour is wanted.
std::string muted(std::string_view text, bool use_colour);

/// Breaks a paragraph at blanks, each line indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace rsasim::files
