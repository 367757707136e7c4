#include "trailer.hpp"

#include "hdf5_handle.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>

namespace rsasim::files {
namespace {

using hdf5::Error;

constexpr std::array<unsigned char, 8> trailer_magic{'R', 'S', 'A', 'S', 'I', 'M', 0, 1};
constexpr std::array<unsigned char, 8> hdf5_signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t length_width = 8;
constexpr std::string_view advice =
    "Copy it again from where it was made, or make it again: rsasim run";

std::uint64_t little_endian_at(std::span<const std::byte> bytes, std::size_t place) {
    std::uint64_t number = 0;
    for (std::size_t i = length_width; i-- > 0;)
        number = number << 8U | std::to_integer<std::uint64_t>(bytes[place + i]);
    return number;
}

/// A file that is there and can be read.
std::ifstream open_regular_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::none) {
        throw Error("cannot be opened: " + error.message());
    }
    if (!std::filesystem::exists(status)) throw Error("there is no such file. Check its name");
    if (std::filesystem::is_directory(status)) {
        throw Error("is a folder, not a results file. Name the files in it");
    }
    if (!std::filesystem::is_regular_file(status)) throw Error("is not a regular file");
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error("cannot be opened: " + std::generic_category().message(errno));
    return file;
}

/// Reads a file from front to back, hashing what comes before the place where a trailer would be.
class FileBytes {
  public:
    explicit FileBytes(const std::filesystem::path& path)
        : file_(open_regular_file(path)), size_(std::filesystem::file_size(path)) {}

    void read() {
        const std::uint64_t body = size_ < trailer_size ? size_ : size_ - trailer_size;
        constexpr std::size_t piece = std::size_t{1} << 20;
        std::vector<std::byte> bytes(std::min<std::uint64_t>(piece, body));
        for (std::uint64_t done = 0; done < body; done += bytes.size()) {
            bytes.resize(std::min<std::uint64_t>(bytes.size(), body - done));
            take(bytes);
            if (done == 0) start_.assign(bytes.begin(), bytes.begin() + start_length(bytes));
            hash_.add(bytes);
        }
        end_.resize(size_ - body);
        take(end_);
    }

    /// The SHA-256 of all but the last 48 bytes.
    [[nodiscard]] digest::Sha256Bytes sha256_of_body() { return hash_.finish(); }
    [[nodiscard]] digest::Sha256Bytes sha256_of_all() { return hash_.add(end_).finish(); }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::span<const std::byte> start() const { return start_; }
    [[nodiscard]] std::span<const std::byte> end() const { return end_; }

  private:
    static std::ptrdiff_t start_length(std::span<const std::byte> bytes) {
        constexpr std::size_t superblock = 48;
        return static_cast<std::ptrdiff_t>(std::min(superblock, bytes.size()));
    }

    void take(std::span<std::byte> bytes) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): streams read char
        file_.read(reinterpret_cast<char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
        if (file_.gcount() != static_cast<std::streamsize>(bytes.size())) {
            throw Error("cannot be read to its end, or became shorter meanwhile. Try again");
        }
    }

    std::ifstream file_;
    std::uint64_t size_ = 0;
    digest::Sha256 hash_;
    std::vector<std::byte> start_, end_;
};

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
void check_length_without_trailer(const FileBytes& file) {
    const auto stated = stated_by_superblock(file.start());
    if (!stated || file.size() == *stated) return;
    if (file.size() < *stated + trailer_size) {
        throw Error(fmt::format("is truncated: {} bytes of {} are there. {}", file.size(),
                                *stated + trailer_size, advice));
    }
    throw Error(fmt::format("is damaged: what follows its {} bytes of HDF5 is not its trailer. {}",
                            *stated, advice));
}

/// Gives back the SHA-256 of the image.
digest::Sha256Bytes check_trailer(FileBytes& file) {
    const std::uint64_t body = file.size() - trailer_size;
    const auto length = little_endian_at(file.end(), trailer_magic.size());
    if (length != body) {
        throw Error(fmt::format("is damaged: its trailer speaks of {} bytes, and {} are there. {}",
                                length, body, advice));
    }
    const auto sha256 = file.sha256_of_body();
    const auto stated = file.end().subspan(trailer_magic.size() + length_width);
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

CheckedFile check_file(const std::filesystem::path& path) {
    FileBytes file(path);
    if (file.size() == 0) throw Error(fmt::format("is empty. {}", advice));
    file.read();
    if (!begins_with(file.start(), hdf5_signature)) {
        throw Error("is not an HDF5 file, so not one of rsasim's results. Check its name");
    }
    if (!begins_with(file.end(), trailer_magic)) {
        check_length_without_trailer(file);
        return {false, digest::to_hex(file.sha256_of_all())};
    }
    return {true, digest::to_hex(check_trailer(file))};
}

void tell_of_missing_trailer(const CheckedFile& checked, const std::filesystem::path& path,
                             const Notice& notice) {
    if (checked.has_trailer || !notice) return;
    notice(
        fmt::format("note: {}: has no trailer, so another program has rewritten it; whether it is "
                    "whole is known only by what it holds.",
                    path.string()));
}

}  // namespace rsasim::files
