#pragma once

#include "hdf5_handle.hpp"
#include "results_image.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>

/// What the fuzzers of files share. An exception that no reader may throw ends the program.
namespace fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

/// Does it, or is refused with words; gives the words.
template <class Action>
std::string refused_or(Action&& action) {
    const rsasim::files::hdf5::QuietErrors quiet;
    try {
        action();
    } catch (const rsasim::files::hdf5::Error& error) {
        require(!std::string_view(error.what()).empty());
        return error.what();
    }
    return "";
}

/// Results that were read can be shown in each form.
inline void read_and_show(std::span<const std::byte> image) {
    namespace files = rsasim::files;
    const auto results = files::results_in(image);
    require(!files::results_to_text(results, {}).empty());
    require(!files::results_to_json(results).empty());
    require(!files::results_to_csv(results).empty());
    require(files::results_digest(results).size() == 64);
}

}  // namespace fuzz
