#pragma once

#include <string>

#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// The whole of a document, which `document(sink)` gives in pieces.
template <class Document>
std::string joined(Document&& document) {
    std::string text;
    document([&](std::string_view piece) { text += piece; });
    return text;
}

}  // namespace rsasim::files
