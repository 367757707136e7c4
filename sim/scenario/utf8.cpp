#include "text_checks.hpp"

#include <array>
#include <cstdint>

namespace rsasim::scenario {
namespace {

struct LeadByte {
    std::uint8_t first, last;   ///< lead bytes of this row
    std::uint8_t low, high;     ///< range of the byte that follows
    std::size_t continuations;  ///< bytes that follow
};

/// RFC 3629, section 4.
constexpr std::array lead_bytes{
    LeadByte{0x00, 0x7F, 0x80, 0xBF, 0}, LeadByte{0xC2, 0xDF, 0x80, 0xBF, 1},
    LeadByte{0xE0, 0xE0, 0xA0, 0xBF, 2}, LeadByte{0xE1, 0xEC, 0x80, 0xBF, 2},
    LeadByte{0xED, 0xED, 0x80, 0x9F, 2}, LeadByte{0xEE, 0xEF, 0x80, 0xBF, 2},
    LeadByte{0xF0, 0xF0, 0x90, 0xBF, 3}, LeadByte{0xF1, 0xF3, 0x80, 0xBF, 3},
    LeadByte{0xF4, 0xF4, 0x80, 0x8F, 3},
};

std::uint8_t byte_at(std::string_view text, std::size_t i) {
    return static_cast<std::uint8_t>(text[i]);
}

/// Bytes of the character that starts at `i`, 0 where there is none.
std::size_t length_at(std::string_view text, std::size_t i) {
    for (const LeadByte& row : lead_bytes) {
        if (byte_at(text, i) < row.first || byte_at(text, i) > row.last) continue;
        if (i + row.continuations >= text.size()) return 0;
        for (std::size_t k = 1; k <= row.continuations; ++k) {
            const std::uint8_t low = k == 1 ? row.low : 0x80;
            const std::uint8_t high = k == 1 ? row.high : 0xBF;
            if (byte_at(text, i + k) < low || byte_at(text, i + k) > high) return 0;
        }
        return row.continuations + 1;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t length = length_at(text, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

bool has_control_character(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const std::uint8_t byte = byte_at(utf8, i);
        if (byte < 0x20 || byte == 0x7F) return true;
        // U+0080 to U+009F are C2 80 to C2 9F.
        if (byte == 0xC2 && i + 1 < utf8.size() && byte_at(utf8, i + 1) < 0xA0) return true;
    }
    return false;
}

}  // namespace rsasim::scenario
