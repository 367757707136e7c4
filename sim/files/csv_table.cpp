#include "csv_table.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include <rsasim/files/errors.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::files {

namespace {

using scenario::InputErrors;

/// Takes cells off a text.
class CsvReader {
  public:
    CsvReader(const std::string& path, std::string_view text) : path_(path), rest_(text) {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    }

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    [[nodiscard]] std::size_t line() const { return line_; }

    /// The cells up to the end of the line.
    std::vector<std::string> take_row() {
        std::vector<std::string> cells;
        do {
            if (cells.size() == CsvTable::most_columns) {
                fail(line_, fmt::format("more than {} columns. Leave out what is not analysed.",
                                        CsvTable::most_columns));
            }
            cells.push_back(rest_.starts_with('"') ? take_quoted() : take_plain());
        } while (take(","));
        if (!rest_.empty() && !take("\r\n") && !take("\n") && !take("\r")) {
            fail(line_, "text after a closing quote. Double the quotes inside a quoted cell.");
        }
        ++line_;
        return cells;
    }

    [[noreturn]] void fail(std::size_t line, const std::string& fault) const {
        throw InputErrors({fmt::format("{}:{}: {}", path_, line, fault)});
    }

  private:
    bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    std::string take_plain() {
        const auto end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
        std::string cell(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return cell;
    }
    std::string take_quoted() {
        const std::size_t first_line = line_;
        std::string cell;
        for (rest_.remove_prefix(1);;) {
            const auto quote = rest_.find('"');
            if (quote == rest_.npos) {
                fail(first_line,
                     "a quote is opened and never closed. Close it, or double a quote "
                     "that belongs to the text.");
            }
            cell += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (!take("\"")) break;
            cell += '"';
        }
        line_ += static_cast<std::size_t>(std::ranges::count(cell, '\n'));
        return cell;
    }

    const std::string& path_;
    std::string_view rest_;
    std::size_t line_ = 1;
};

void check_names(const CsvTable& table, const CsvReader& reader) {
    for (std::size_t i = 0; i < table.names.size(); ++i) {
        const std::string& name = table.names[i];
        if (name.empty()) {
            reader.fail(
                1, fmt::format("column {} has no name. The first line names the columns.", i + 1));
        }
        if (std::find(table.names.begin(), table.names.begin() + static_cast<std::ptrdiff_t>(i),
                      name) != table.names.begin() + static_cast<std::ptrdiff_t>(i)) {
            reader.fail(1, fmt::format("\"{}\" names two columns. Rename one of them.", name));
        }
    }
}

}  // namespace

CsvTable parse_csv(const std::string& path, std::string_view text) {
    CsvReader reader(path, text);
    if (reader.is_at_end()) {
        reader.fail(1,
                    "is empty. The first line names the columns, the others are one woman each.");
    }
    CsvTable table{path, reader.take_row(), {}, {}};
    check_names(table, reader);
    while (!reader.is_at_end()) {
        const std::size_t line = reader.line();
        std::vector<std::string> cells = reader.take_row();
        const bool is_blank = cells.size() == 1 && cells.front().empty();
        if (is_blank && table.names.size() > 1) continue;
        if (cells.size() != table.names.size()) {
            reader.fail(line, fmt::format("{} cells, but the first line names {} columns. Quote "
                                          "cells that contain commas.",
                                          cells.size(), table.names.size()));
        }
        if (table.rows.size() == CsvTable::most_rows) {
            reader.fail(line, fmt::format("more than {} women. Analyse a part of them.",
                                          CsvTable::most_rows));
        }
        table.rows.push_back(std::move(cells));
        table.lines.push_back(line);
    }
    return table;
}

CsvTable read_csv(const std::string& path) {
    if (std::filesystem::is_directory(path)) {
        throw FileError(fmt::format("{}: is a folder. Give a file of trial data.", path));
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw FileError(fmt::format("{}: cannot be read: {}. Check the name of the data file.",
                                    path, std::generic_category().message(errno)));
    }
    std::string text(CsvTable::most_bytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad()) {
        throw FileError(fmt::format("{}: cannot be read: {}. Check the disk that it is on.", path,
                                    std::generic_category().message(errno)));
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > CsvTable::most_bytes) {
        throw InputErrors(
            {fmt::format("{}: has more than {} MiB. Leave out columns that are not "
                         "analysed.",
                         path, CsvTable::most_bytes >> 20)});
    }
    return parse_csv(path, text);
}

}  // namespace rsasim::files
