#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rsasim::digest {

using Sha256Bytes = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) = delete;
    Sha256& operator=(Sha256&&) = delete;

    Sha256& add(std::span<const std::byte> bytes);
    Sha256& add(std::string_view text);
    /// Ends the message; nothing may be added afterwards.
    Sha256Bytes finish();

  private:
    void* context_;
};

Sha256Bytes sha256(std::string_view text);

/// Lower-case hexadecimal, 64 characters.
std::string to_hex(const Sha256Bytes& bytes);

}  // namespace rsasim::digest
