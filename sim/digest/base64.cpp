#include <climits>
#include <stdexcept>

#include <openssl/evp.h>

#include <rsasim/digest/base64.hpp>

namespace rsasim::digest {

std::string base64(std::span<const std::uint8_t> bytes) {
    const std::size_t length = (bytes.size() + 2) / 3 * 4;
    if (length > INT_MAX) throw std::length_error("base64: more than 1.5 GiB at once");
    std::string text(length + 1, '\0');  // the library ends its output with a zero byte
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                    static_cast<int>(bytes.size()));
    text.resize(length);
    return text;
}

}  // namespace rsasim::digest
