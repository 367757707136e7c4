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

void TextTable::add_column(std::string heading, Align align, int importance) {
    columns_.push_back({std::move(heading), align, importance});
}

void TextTable::add_row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths() const {
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        auto width = columns_of(columns_[column].heading);
        for (const auto& row : rows_)
            width = std::max(width, columns_of(row[column]));
        widths.push_back(width);
    }
    return widths;
}

std::vector<bool> TextTable::shown_within(std::size_t width) const {
    const auto sizes = widths();
    std::vector<bool> shown(columns_.size(), true);
    const auto total = [&] {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < sizes.size(); ++i)
            sum += shown[i] ? sizes[i] + gap : 0;
        return sum > 0 ? sum - gap : 0;
    };
    while (total() > width) {
        std::size_t victim = columns_.size();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!shown[i] || columns_[i].importance == 0) continue;
            if (victim == columns_.size() ||
                columns_[i].importance >= columns_[victim].importance) {
                victim = i;
            }
        }
        if (victim == columns_.size()) break;
        shown[victim] = false;
    }
    return shown;
}

TextTable::Rendered TextTable::render(const Style& style) const {
    const auto sizes = widths();
    const auto shown = shown_within(style.width > style.indent ? style.width - style.indent : 1);
    const auto line_of = [&](const auto& cell_of) {
        std::string line(style.indent, ' ');
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (shown[i]) line += aligned(cell_of(i), sizes[i], columns_[i].align) + "  ";
        }
        return without_trailing_blanks(std::move(line));
    };
    Rendered rendered;
    const auto heading = line_of([&](std::size_t i) { return columns_[i].heading; });
    rendered.text = muted(heading, style.use_colour) + "\n";
    for (const auto& row : rows_) {
        rendered.text += line_of([&](std::size_t i) { return row[i]; }) + "\n";
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!shown[i]) rendered.left_out.push_back(columns_[i].heading);
    }
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
