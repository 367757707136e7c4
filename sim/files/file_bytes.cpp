#include "file_bytes.hpp"

#include "hdf5_handle.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rsasim::files {
namespace {

using hdf5::Error;

std::string words_of(int error) {
    return std::generic_category().message(error);
}

/// An open file, closed on destruction.
class Descriptor {
  public:
    explicit Descriptor(const std::filesystem::path& path)
        : number_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
        if (number_ >= 0) return;
        if (errno == ENOENT) throw Error("there is no such file. Check its name");
        throw Error("cannot be opened: " + words_of(errno));
    }
    ~Descriptor() { close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    /// The length of a regular file.
    [[nodiscard]] std::size_t length() const {
        struct stat found {};
        if (fstat(number_, &found) != 0) throw Error("cannot be opened: " + words_of(errno));
        if (S_ISDIR(found.st_mode)) {
            throw Error("is a folder, not a results file. Name the files in it");
        }
        if (!S_ISREG(found.st_mode)) throw Error("is not a regular file");
        return static_cast<std::size_t>(found.st_size);
    }

    /// The number of bytes that were read: fewer than there is room for only at the end.
    std::size_t read_into(std::byte* bytes, std::size_t room) const {
        constexpr std::size_t most_at_once = std::size_t{1} << 30;  // read(2) stops below 2 GiB
        std::size_t done = 0;
        while (done < room) {
            const auto length = read(number_, bytes + done, std::min(room - done, most_at_once));
            if (length < 0 && errno == EINTR) continue;
            if (length < 0) throw Error("cannot be read: " + words_of(errno));
            if (length == 0) break;
            done += static_cast<std::size_t>(length);
        }
        return done;
    }

  private:
    int number_;
};

}  // namespace

std::vector<std::byte> read_file(const std::filesystem::path& path) {
    const Descriptor file(path);
    std::vector<std::byte> bytes(file.length());
    if (file.read_into(bytes.data(), bytes.size()) != bytes.size()) {
        throw Error("became shorter while it was read. Try again");
    }
    return bytes;
}

}  // namespace rsasim::files
