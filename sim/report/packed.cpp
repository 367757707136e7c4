#include "packed.hpp"

#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include <rsasim/digest/base64.hpp>

namespace rsasim::report {

std::string packed(std::string_view text) {
    auto size = compressBound(text.size());
    std::vector<std::uint8_t> bytes(size);
    const int status = compress2(bytes.data(), &size, reinterpret_cast<const Bytef*>(text.data()),
                                 text.size(), Z_DEFAULT_COMPRESSION);
    if (status != Z_OK) throw std::runtime_error(fmt::format("zlib: {}", zError(status)));
    bytes.resize(size);
    return digest::base64(bytes);
}

}  // namespace rsasim::report
