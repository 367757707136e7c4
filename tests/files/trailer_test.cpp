#include "trailer.hpp"

#include "hdf5_handle.hpp"
#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/files/results_file.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using summary::Engine;

namespace {

/// The bytes of a good file.
std::string good_file() {
    const TemporaryFolder folder;
    files::write_results(sample::single_cell(Engine::simulation), folder / "r.h5");
    return bytes_of(folder / "r.h5");
}

/// The words with which these bytes are refused before HDF5 sees them, or "".
std::string refusal_of(const std::string& bytes) {
    const TemporaryFolder folder;
    write_bytes(folder / "r.h5", bytes);
    try {
        files::check_file(folder / "r.h5");
    } catch (const files::hdf5::Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("The trailer is magic, length and SHA-256 of what is before it", "[property]") {
    const auto bytes = good_file();
    const auto image = bytes.substr(0, bytes.size() - files::trailer_size);
    const auto trailer = bytes.substr(image.size());
    REQUIRE(trailer.size() == 48);
    CHECK(trailer.substr(0, 8) == std::string("RSASIM\0\1", 8));
    std::string length;
    for (std::size_t rest = image.size(), i = 0; i < 8; ++i, rest >>= 8U)
        length += static_cast<char>(rest & 0xFFU);
    CHECK(trailer.substr(8, 8) == length);
    const auto sha256 = digest::sha256(image);
    CHECK(trailer.substr(16) == std::string(sha256.begin(), sha256.end()));
}

TEST_CASE("Each changed bit is found, wherever it is", "[property]") {
    const auto good = good_file();
    REQUIRE(refusal_of(good).empty());
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < 64; ++i)
        places.push_back(i);
    for (std::size_t i = 64; i + 64 < good.size(); i += good.size() / 100)
        places.push_back(i);
    for (std::size_t i = 1; i <= 64; ++i)
        places.push_back(good.size() - i);
    for (const auto place : places) {
        auto bytes = good;
        bytes[place] = static_cast<char>(bytes[place] ^ (1U << place % 8));
        INFO("byte " << place << " of " << good.size());
        CHECK(!refusal_of(bytes).empty());
    }
}

TEST_CASE("A file cut anywhere but before its trailer, or grown, is refused", "[property]") {
    const auto good = good_file();
    for (const std::size_t lost :
         {std::size_t{1}, std::size_t{47}, std::size_t{49}, good.size() / 2, good.size() - 200}) {
        CHECK_THAT(refusal_of(good.substr(0, good.size() - lost)),
                   Contains("truncated") && Contains("Copy it again"));
    }
    CHECK_THAT(refusal_of(good + '\0'), Contains("damaged") && Contains("Copy it again"));
    CHECK_THAT(refusal_of(good + good), Contains("damaged"));
    CHECK_THAT(refusal_of(""), Contains("is empty"));
    CHECK_THAT(refusal_of("n,power\n"), Contains("is not an HDF5 file"));
}

TEST_CASE("A file without a trailer is read with a note that names it", "[property]") {
    const TemporaryFolder folder;
    const auto good = good_file();
    std::vector<std::string> notes;
    const auto keep = [&](const std::string& note) { notes.push_back(note); };
    write_bytes(folder / "good.h5", good);
    files::read_results(folder / "good.h5", keep);
    CHECK(notes.empty());
    write_bytes(folder / "bare.h5", good.substr(0, good.size() - files::trailer_size));
    files::read_results(folder / "bare.h5", keep);
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes[0], Contains("bare.h5") && Contains("no trailer"));
}
