#include "text_checks.hpp"

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

/// Walks over a TOML text, strings and comments aside, and counts brackets and dots.
class DepthScan {
  public:
    explicit DepthScan(std::string_view text) : text_(text) {}

    std::optional<TextFault> run() {
        while (at_ < text_.size() && !fault_)
            step();
        return fault_;
    }

  private:
    [[nodiscard]] bool starts_with(std::string_view token) const {
        return text_.substr(at_).starts_with(token);
    }

    void fail(std::string message) {
        const auto column = static_cast<int>(at_ - line_start_) + 1;
        fault_ = TextFault{{line_, column, "", 0}, std::move(message)};
    }

    /// Moves on by one byte and keeps count of the lines.
    void advance() {
        if (text_[at_] == '\n') {
            ++line_;
            line_start_ = at_ + 1;
        }
        ++at_;
    }

    void step() {
        const char c = text_[at_];
        if (c == '#') return skip_comment();
        if (c == '"' || c == '\'') return skip_string(c);
        check_control(c);
        check_ascii(c);
        if (c == '[' || c == '{') deepen();
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        if (c == '.') {
            if (++dots_ >= deepest_key) {
                fail(fmt::format("a dotted key has at most {} parts. Shorten the key.",
                                 deepest_key));
            }
        } else if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) {
            dots_ = 0;
        }
        advance();
    }

    void deepen() {
        if (++depth_ > deepest_key) {
            fail(fmt::format("brackets are nested at most {} deep. Write a simpler value.",
                             deepest_key));
        }
    }

    void skip_comment() {
        while (at_ < text_.size() && text_[at_] != '\n' && !fault_) {
            check_control(text_[at_]);
            advance();
        }
    }

    void skip_string(char quote) {
        const std::string fence(3, quote);
        if (starts_with(fence)) return skip_long_string(quote, fence);
        advance();
        while (at_ < text_.size() && text_[at_] != '\n' && !fault_) {
            if (text_[at_] == quote) return advance();
            skip_character(quote);
        }
    }

    void skip_long_string(char quote, const std::string& fence) {
        for (int i = 0; i < 3; ++i)
            advance();
        while (at_ < text_.size() && !starts_with(fence) && !fault_)
            skip_character(quote);
        // Up to two quotes before the fence belong to the string.
        for (int i = 0; i < 5 && at_ < text_.size() && text_[at_] == quote; ++i)
            advance();
    }

    /// One character of a string; in a basic string a backslash takes the next one with it.
    void skip_character(char quote) {
        check_control(text_[at_]);
        const bool is_escape = quote == '"' && text_[at_] == '\\';
        advance();
        if (is_escape && at_ < text_.size() && text_[at_] != '\n') {
            check_control(text_[at_]);
            advance();
        }
    }

    void check_control(char c) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) return;
        if (c == '\t' || c == '\n' || (c == '\r' && starts_with("\r\n"))) return;
        fail(
            fmt::format("the control character U+{:04X} is not allowed. Remove it; in a string "
                        "write \\u{:04X}.",
                        byte, byte));
    }

    /// TOML 1.0 has no other character outside strings and comments than those of ASCII, and the
    /// parser's search for exotic blanks runs into undefined behaviour at some of them.
    void check_ascii(char c) {
        if (static_cast<unsigned char>(c) < 0x80) return;
        fail("a letter or sign outside ASCII stands outside a string. Put the text in quotes.");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
    int depth_ = 0;
    int dots_ = 0;
    std::optional<TextFault> fault_;
};

int line_of_first_bad_byte(std::string_view text) {
    int line = 1;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (!is_utf8(text.substr(start, end - start))) break;
        start = end + 1;
        ++line;
    }
    return line;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view text) {
    if (text.size() > largest_source) {
        return TextFault{{}, "a scenario has at most 1 MiB. Is this a scenario file?"};
    }
    if (!is_utf8(text)) {
        return TextFault{{line_of_first_bad_byte(text), 1, "", 0},
                         "the text is not UTF-8. Save the file in the encoding UTF-8."};
    }
    return DepthScan(text).run();
}

}  // namespace rsasim::scenario
