#include "trailer.hpp"

#include "file_bytes.hpp"
#include "hdf5_handle.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>

namespace rsasim::files {
namespace {

using hdf5::Error;

constexpr std::array<unsigned char, 8> trailer_magic{'R', 'S', 'A', 'S', 'I', 'M', 0, 1};
constexpr std::array<unsigned char, 8> hdf5_signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t length_width = 8;
/// The superblocks of all versions are longer, with their addresses of 8 bytes.
constexpr std::size_t least_superblock = 48;
constexpr std::string_view advice =
    "Copy it again from where it was made, or make it again: rsasim run";

std::uint64_t little_endian_at(std::span<const std::byte> bytes, std::size_t place) {
    std::uint64_t number = 0;
    for (std::size_t i = length_width; i-- > 0;)
        number = number << 8U | std::to_integer<std::uint64_t>(bytes[place + i]);
    return number;
}

bool begins_with(std::span<const std::byte> bytes, std::span<const unsigned char> wanted) {
    return bytes.size() >= wanted.size() &&
           std::memcmp(bytes.data(), wanted.data(), wanted.size()) == 0;
}

/// The length that a superblock of version 2 or 3 states; nothing for other versions.
std::optional<std::uint64_t> stated_by_superblock(std::span<const std::byte> start) {
    constexpr std::size_t version_place = 8, width_place = 9, length_place = 28;
    if (start.size() < length_place + length_width) return {};
    const auto version = std::to_integer<unsigned>(start[version_place]);
    const auto width = std::to_integer<unsigned>(start[width_place]);
    if (version < 2 || version > 3 || width != length_width) return {};
    return little_endian_at(start, length_place);
}

/// A file without a trailer has exactly the length of its image. Of older superblocks HDF5 itself
/// finds out.
void check_length_without_trailer(std::span<const std::byte> bytes) {
    if (bytes.size() < least_superblock) {
        throw Error(fmt::format("is truncated: {} bytes of an HDF5 file are there. {}",
                                bytes.size(), advice));
    }
    const auto stated = stated_by_superblock(bytes);
    if (!stated || bytes.size() == *stated) return;
    if (bytes.size() < trailer_size || bytes.size() - trailer_size < *stated) {
        throw Error(fmt::format("is truncated: {} bytes of {} are there. {}", bytes.size(),
                                *stated + trailer_size, advice));
    }
    throw Error(fmt::format("is damaged: what follows its {} bytes of HDF5 is not its trailer. {}",
                            *stated, advice));
}

/// Gives back the SHA-256 of the image.
digest::Sha256Bytes check_trailer(std::span<const std::byte> image,
                                  std::span<const std::byte> trailer) {
    const auto length = little_endian_at(trailer, trailer_magic.size());
    if (length != image.size()) {
        throw Error(fmt::format("is damaged: its trailer speaks of {} bytes, and {} are there. {}",
                                length, image.size(), advice));
    }
    const auto sha256 = digest::Sha256().add(image).finish();
    const auto stated = trailer.subspan(trailer_magic.size() + length_width);
    if (!begins_with(stated, sha256)) {
        throw Error(fmt::format("is damaged: its bytes do not give the SHA-256 in its trailer. {}",
                                advice));
    }
    return sha256;
}

}  // namespace

void append_trailer(std::vector<std::byte>& image) {
    const auto append = [&](std::span<const std::uint8_t> bytes) {
        const auto raw = std::as_bytes(bytes);
        image.insert(image.end(), raw.begin(), raw.end());
    };
    const std::uint64_t length = image.size();
    const auto sha256 = digest::Sha256().add(std::span<const std::byte>(image)).finish();
    append(trailer_magic);
    for (unsigned i = 0; i < length_width; ++i)
        image.push_back(static_cast<std::byte>(length >> 8 * i & 0xFFU));
    append(sha256);
}

CheckedFile check_bytes(std::vector<std::byte> bytes) {
    if (bytes.empty()) throw Error(fmt::format("is empty. {}", advice));
    if (!begins_with(bytes, hdf5_signature)) {
        throw Error("is not an HDF5 file, so not one of rsasim's results. Check its name");
    }
    const std::span<const std::byte> all(bytes);
    const std::size_t length = all.size() - std::min(all.size(), trailer_size);
    if (!begins_with(all.subspan(length), trailer_magic)) {
        check_length_without_trailer(all);
        const auto sha256 = digest::Sha256().add(all).finish();
        return {false, digest::to_hex(sha256), std::move(bytes)};
    }
    const auto sha256 = check_trailer(all.first(length), all.subspan(length));
    bytes.resize(length);
    return {true, digest::to_hex(sha256), std::move(bytes)};
}

CheckedFile check_file(const std::filesystem::path& path) {
    return check_bytes(read_file(path));
}

void tell_of_missing_trailer(const CheckedFile& checked, const std::filesystem::path& path,
                             const Notice& notice) {
    if (checked.has_trailer || !notice) return;
    notice(
        fmt::format("note: {}: has no trailer, so another program has rewritten it, or its end was "
                    "cut off; whether it is whole is known only by what it holds.",
                    path.string()));
}

}  // namespace rsasim::files
