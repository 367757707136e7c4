#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rsasim::files {

/// A file of comma-separated values as texts (RFC 4180: cells may be quoted, quotes in them are
/// doubled, line ends may be CR LF). The first line names the columns.
struct CsvTable {
    std::string path;
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> lines;  ///< where each row begins, from 1

    static constexpr std::size_t most_bytes = std::size_t{64} << 20;
    static constexpr std::size_t most_rows = 1'000'000;
    static constexpr std::size_t most_columns = 1'000;
};

/// Reads a file. Throws FileError where it cannot be read, scenario::InputErrors where it is no
/// such table or exceeds the limits.
CsvTable read_csv(const std::string& path);

/// The same of a text; `path` is for messages.
CsvTable parse_csv(const std::string& path, std::string_view text);

}  // namespace rsasim::files
