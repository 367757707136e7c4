#include "text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

constexpr std::size_t gap = 2;

std::string aligned(const std::string& text, std::size_t width, Align align) {
    const auto used = columns_of(text);
    const std::string blanks(width > used ? width - used : 0, ' ');
    return align == Align::left ? text + blanks : blanks + text;
}

std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a continuation byte
    }));
}

void TableColumns::add(std::string heading, Align align, int importance) {
    const auto width = columns_of(heading);
    columns_.push_back({std::move(heading), align, importance, width});
}

void TableColumns::measure(const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        columns_[i].width = std::max(columns_[i].width, columns_of(row[i]));
}

TableColumns::Column* TableColumns::least_important() {
    Column* least = nullptr;
    for (Column& column : columns_) {
        if (!column.is_shown || column.importance == 0) continue;
        if (least == nullptr || column.importance >= least->importance) least = &column;
    }
    return least;
}

std::vector<std::string> TableColumns::fit(const TableStyle& style) {
    style_ = style;
    const std::size_t room = style.width > style.indent ? style.width - style.indent : 1;
    const auto total = [&] {
        std::size_t sum = 0;
        for (const Column& column : columns_)
            sum += column.is_shown ? column.width + gap : 0;
        return sum > 0 ? sum - gap : 0;
    };
    while (total() > room) {
        Column* least = least_important();
        if (least == nullptr) break;
        least->is_shown = false;
    }
    std::vector<std::string> left_out;
    for (const Column& column : columns_) {
        if (!column.is_shown) left_out.push_back(column.heading);
    }
    return left_out;
}

template <class TextOf>
std::string TableColumns::aligned_line(const TextOf& text_of) const {
    std::string line(style_.indent, ' ');
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column& column = columns_[i];
        if (!column.is_shown) continue;
        line += aligned(text_of(i), column.width, column.align) + std::string(gap, ' ');
    }
    return without_trailing_blanks(std::move(line));
}

std::string TableColumns::heading_line() const {
    const auto line = aligned_line([&](std::size_t i) { return columns_[i].heading; });
    return muted(line, style_.use_colour) + "\n";
}

std::string TableColumns::line(const std::vector<std::string>& row) const {
    return aligned_line([&](std::size_t i) { return row[i]; }) + "\n";
}

void TextTable::add_column(std::string heading, Align align, int importance) {
    columns_.add(std::move(heading), align, importance);
}

void TextTable::add_row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    columns_.measure(cells);
    rows_.push_back(std::move(cells));
}

TextTable::Rendered TextTable::render(const TableStyle& style) const {
    auto columns = columns_;
    Rendered rendered;
    rendered.left_out = columns.fit(style);
    rendered.text = columns.heading_line();
    for (const auto& row : rows_)
        rendered.text += columns.line(row);
    return rendered;
}

std::string emphasised(std::string_view text, bool use_colour) {
    return use_colour ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
}

std::string muted(std::string_view text, bool use_colour) {
    return use_colour ? fmt::format("\x1b[2m{}\x1b[0m", text) : std::string(text);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    const std::string margin(indent, ' ');
    std::string all, line;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && indent + columns_of(line) + 1 + columns_of(word) > width) {
            all += margin + line + "\n";
            line.clear();
        }
        if (!line.empty()) line += ' ';
        line += word;
    }
    return all + margin + line + "\n";
}

}  // namespace rsasim::files
