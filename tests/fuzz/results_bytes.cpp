// Any bytes as a results file: what the trailer's check refuses is refused in words. The check
// bypassed, the same bytes are an HDF5 image, and what is read of it is shown and hashed.
#include "reading.hpp"
#include "trailer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto raw = std::as_bytes(std::span(bytes, size));
    const std::vector<std::byte> file(raw.begin(), raw.end());
    fuzz::refused_or([&] {
        const auto checked = rsasim::files::check_bytes(file);
        if (checked.has_trailer) fuzz::read_and_show(checked.image);
    });
    if (!file.empty()) fuzz::refused_or([&] { fuzz::read_and_show(file); });
    return 0;
}
