#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

/// No key or method id is longer, and longer words are not compared.
constexpr std::size_t longest_word = 64;

/// Case and the choice between - and _ do not count as differences.
std::string folded(std::string_view word) {
    std::string result(word);
    for (char& c : result) {
        c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`, no letter
/// being touched twice (optimal string alignment; Damerau 1964, doi:10.1145/363958.363994).
std::size_t edits_between(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> before_last(width), last(width), row(width);
    for (std::size_t j = 0; j < width; ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = last;
        last = row;
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const std::size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({substituted, last[j] + 1, row[j - 1] + 1});
            const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

/// A word may differ by one letter in three.
std::size_t most_edits(std::string_view word) {
    return std::max<std::size_t>(1, word.size() / 3);
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    if (word.empty() || word.size() > longest_word) return {};
    const std::string given = folded(word);
    std::string_view best;
    std::size_t fewest = most_edits(word) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t edits = edits_between(given, folded(candidate));
        if (edits < fewest) {
            fewest = edits;
            best = candidate;
        }
    }
    return best;
}

}  // namespace rsasim::scenario
