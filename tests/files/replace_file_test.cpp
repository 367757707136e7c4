#include "replace_file.hpp"

#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <csignal>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <rsasim/files/results_file.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::filesystem::path& path, std::size_t size) {
    const std::vector<std::byte> bytes(size, std::byte{7});
    try {
        files::replace_file(path, bytes);
    } catch (const files::FileError& error) {
        return error.what();
    }
    return "it was written";
}

std::string refusal_of_check(const std::filesystem::path& path) {
    try {
        files::check_writable(path);
    } catch (const files::FileError& error) {
        return error.what();
    }
    return "it can be written";
}

/// A file system of 64 KiB, where the test may mount one.
class TinyDisk {
  public:
    explicit TinyDisk(const std::filesystem::path& folder) : folder_(folder) {
        is_mounted_ = mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
    }
    ~TinyDisk() {
        if (is_mounted_) umount2(folder_.c_str(), MNT_DETACH);
    }
    TinyDisk(const TinyDisk&) = delete;
    TinyDisk& operator=(const TinyDisk&) = delete;
    TinyDisk(TinyDisk&&) = delete;
    TinyDisk& operator=(TinyDisk&&) = delete;

    [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  private:
    std::filesystem::path folder_;
    bool is_mounted_ = false;
};

}  // namespace

TEST_CASE("A file is replaced whole and keeps its mode", "[property]") {
    const TemporaryFolder folder;
    write_bytes(folder / "r", "earlier");
    chmod((folder / "r").c_str(), 0640);
    CHECK(refusal(folder / "r", 100'000) == "it was written");
    CHECK(bytes_of(folder / "r") == std::string(100'000, '\7'));
    struct stat status {};
    stat((folder / "r").c_str(), &status);
    CHECK((status.st_mode & 0777U) == 0640);
    CHECK(folder.entries() == 1);
}

TEST_CASE("A new file has the mode that the umask allows", "[property]") {
    const TemporaryFolder folder;
    const auto earlier = umask(027);
    CHECK(refusal(folder / "r", 1) == "it was written");
    umask(earlier);
    struct stat status {};
    stat((folder / "r").c_str(), &status);
    CHECK((status.st_mode & 0777U) == 0640);
}

TEST_CASE("A symbolic link is followed and stays", "[property]") {
    const TemporaryFolder folder;
    write_bytes(folder / "real", "earlier");
    std::filesystem::create_symlink("real", folder / "link");
    CHECK(refusal(folder / "link", 3) == "it was written");
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(bytes_of(folder / "real").size() == 3);
}

TEST_CASE("A place where no file can be made is refused with path and cause", "[property]") {
    const TemporaryFolder folder;
    write_bytes(folder / "file", "x");
    const auto check = [&](const std::filesystem::path& path, const std::string& cause) {
        CHECK_THAT(refusal(path, 1), Contains(path.string()) && Contains(cause));
        CHECK_THAT(refusal_of_check(path), Contains(path.string()) && Contains(cause));
    };
    check(folder / "none/r.h5", "does not exist");
    check(folder / "file/r.h5", "is not a folder");
    check(folder.path(), "is a folder");
    check("/dev/null", "not a regular file");
    check(folder / std::string(300, 'n'), "File name too long");
    CHECK(folder.entries() == 1);
}

TEST_CASE("Checking that a file can be written leaves nothing and changes nothing", "[property]") {
    const TemporaryFolder folder;
    CHECK(refusal_of_check(folder / "new.h5") == "it can be written");
    CHECK(folder.entries() == 0);
    write_bytes(folder / "old.h5", "earlier");
    CHECK(refusal_of_check(folder / "old.h5") == "it can be written");
    CHECK(bytes_of(folder / "old.h5") == "earlier");
    CHECK(folder.entries() == 1);
}

TEST_CASE("Past a file size limit the earlier file is intact and no signal ends the program",
          "[property]") {
    const TemporaryFolder folder;
    write_bytes(folder / "r.h5", "earlier");
    rlimit earlier{};
    getrlimit(RLIMIT_FSIZE, &earlier);
    rlimit small = earlier;
    small.rlim_cur = 10'000;
    std::string words;
    setrlimit(RLIMIT_FSIZE, &small);
    try {
        files::write_results(sample::single_cell(summary::Engine::simulation), folder / "r.h5");
    } catch (const files::FileError& error) {
        words = error.what();
    }
    setrlimit(RLIMIT_FSIZE, &earlier);
    CHECK_THAT(words, Contains((folder / "r.h5").string()) && Contains("File too large"));
    CHECK(bytes_of(folder / "r.h5") == "earlier");
    CHECK(folder.entries() == 1);
}

TEST_CASE("On a full disk the earlier file is intact and nothing is left over", "[property]") {
    const TemporaryFolder folder;
    const TinyDisk disk(folder.path());
    if (!disk.is_mounted()) {
        WARN("no right to mount a small file system: the file size limit stands for it");
        return;
    }
    write_bytes(folder / "r.h5", "earlier");
    std::string words;
    try {
        files::write_results(sample::single_cell(summary::Engine::simulation), folder / "r.h5");
    } catch (const files::FileError& error) {
        words = error.what();
    }
    CHECK_THAT(words, Contains((folder / "r.h5").string()) && Contains("No space left"));
    CHECK(bytes_of(folder / "r.h5") == "earlier");
    CHECK(folder.entries() == 1);
}

TEST_CASE("A read-only folder is refused with path and cause", "[property]") {
    const TemporaryFolder folder;
    if (geteuid() == 0) {
        // Root writes into any folder, but not into a file system without writing.
        if (mount("tmpfs", folder.path().c_str(), "tmpfs", MS_RDONLY, "size=64k") != 0) return;
        const auto words = refusal(folder / "r.h5", 1);
        umount2(folder.path().c_str(), MNT_DETACH);
        CHECK_THAT(words, Contains("r.h5") && Contains("Read-only file system"));
        return;
    }
    chmod(folder.path().c_str(), 0555);
    CHECK_THAT(refusal(folder / "r.h5", 1), Contains("r.h5") && Contains("Permission denied"));
    chmod(folder.path().c_str(), 0755);
}

TEST_CASE("Removing what a killed writer left spares all other files", "[exact]") {
    const TemporaryFolder folder;
    std::ofstream(folder / "other.tmp") << "kept";
    std::ofstream(folder / ".rsasim-1-1.tmp") << "kept";
    files::remove_leftovers(folder / "r.h5");
    CHECK(folder.entries() == 2);
    files::remove_leftovers(folder.path() / "no folder" / "r.h5");
}
