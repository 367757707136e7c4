#include "roff.hpp"

#include "build_info.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>

namespace rsasim::commands::roff {
namespace {

std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    std::ranges::transform(capitals, capitals.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return capitals;
}

std::string escape_of(char c) {
    switch (c) {
        case '\\':
            return "\\e";
        case '-':
            return "\\-";
        case '~':
            return "\\(ti";
        case '^':
            return "\\(ha";
        case '`':
            return "\\(ga";
        case '\'':
            return "\\(aq";
        case '"':
            return "\\(dq";
        default:
            return std::string(1, c);
    }
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

std::string plain(std::string_view text) {
    std::string escaped;
    bool starts_line = true;
    for (const char c : text) {
        if (starts_line && c == '.') escaped += "\\&";
        starts_line = c == '\n';
        escaped += escape_of(c);
    }
    return escaped;
}

std::string bold(std::string_view text) {
    return fmt::format("\\fB{}\\fR", plain(text));
}

std::string italic(std::string_view text) {
    return fmt::format("\\fI{}\\fR", plain(text));
}

std::string title(std::string_view name, int section) {
    return fmt::format(".TH {} {} \"\" \"rsasim {}\" \"rsasim manual\"\n", in_capitals(name),
                       section, build_info::version);
}

std::string heading(std::string_view text) {
    return fmt::format(".SH {}\n", plain(in_capitals(text)));
}

std::string subheading(std::string_view text) {
    return fmt::format(".SS {}\n", plain(text));
}

std::string tagged(const std::string& tag, std::string_view text) {
    return fmt::format(".TP\n{}\n{}\n", tag, plain(text));
}

std::string verbatim(std::string_view lines) {
    return fmt::format(".PP\n.nf\n{}\n.fi\n", plain(lines));
}

std::string paragraph(std::string_view text) {
    return fmt::format(".PP\n{}\n", plain(text));
}

std::string footer(std::string_view text) {
    std::string page, block;
    bool has_heading = false;
    const auto end_block = [&page, &block] {
        if (!block.empty()) page += verbatim(block);
        block.clear();
    };
    for (const std::string_view line : lines_of(text)) {
        if (line.starts_with("  ")) {
            block += fmt::format("{}{}", block.empty() ? "" : "\n", line);
            continue;
        }
        end_block();
        if (line.empty()) continue;
        const bool is_heading = line.ends_with(':');
        if (is_heading || !has_heading) {
            page += heading(is_heading ? line.substr(0, line.size() - 1) : "Notes");
        }
        has_heading = true;
        if (!is_heading) page += plain(line) + "\n";
    }
    end_block();
    return page;
}

}  // namespace rsasim::commands::roff
