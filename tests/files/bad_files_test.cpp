#include "sample_results.hpp"
#include "temporary_folder.hpp"

#include <functional>

#include <catch2/catch.hpp>
#include <hdf5.h>

#include <rsasim/files/results_file.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using summary::Engine;

namespace {

/// The words with which a file is refused.
std::string refusal(const std::filesystem::path& path) {
    try {
        files::read_results(path);
    } catch (const files::FileError& error) {
        return error.what();
    }
    return "it was read";
}

/// A good file, changed by `change` through HDF5 itself.
std::string refusal_after(const std::function<void(hid_t)>& change) {
    const TemporaryFolder folder;
    const auto path = folder / "r.h5";
    files::write_results(sample::sweep(Engine::simulation), path);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    H5Fclose(file);
    return refusal(path);
}

void write_integer(hid_t file, const char* name, int number) {
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT, &number);
    H5Aclose(attribute);
}

/// Replaces a dataset by one of another type and extents, left empty.
void replace(hid_t file, const char* name, hid_t type, const std::vector<hsize_t>& extents) {
    H5Ldelete(file, name, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
    const hid_t dataset =
        H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dclose(dataset);
    H5Sclose(space);
}

}  // namespace

TEST_CASE("What is not a results file is refused in words, with its path", "[property]") {
    const TemporaryFolder folder;
    CHECK_THAT(refusal(folder / "none.h5"), Contains("none.h5") && Contains("no such file"));
    CHECK_THAT(refusal(folder.path()), Contains("is a folder"));
    write_bytes(folder / "empty.h5", "");
    CHECK_THAT(refusal(folder / "empty.h5"), Contains("is empty"));
    write_bytes(folder / "text.h5", "p,q\n1,2\n");
    CHECK_THAT(refusal(folder / "text.h5"), Contains("text.h5") && Contains("not an HDF5 file"));
    CHECK_THAT(refusal("/dev/null"), Contains("not a regular file"));
    const auto other = folder / "other.h5";
    H5Fclose(H5Fcreate(other.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    CHECK_THAT(refusal(other), Contains("not one of rsasim's results"));
}

TEST_CASE("A file cut anywhere is refused", "[property]") {
    const TemporaryFolder folder;
    files::write_results(sample::single_cell(Engine::simulation), folder / "r.h5");
    const auto whole = bytes_of(folder / "r.h5");
    const auto path = folder / "cut.h5";
    for (const std::size_t length : {std::size_t{1}, std::size_t{8}, std::size_t{40},
                                     std::size_t{2000}, whole.size() / 2, whole.size() - 1}) {
        write_bytes(path, whole.substr(0, length));
        CHECK_THAT(refusal(path), Contains("cut.h5"));
    }
    CHECK_THAT(refusal(path), Contains("truncated"));
}

TEST_CASE("A newer format is refused with advice", "[property]") {
    const auto words = refusal_after([](hid_t file) {
        const int version[2] = {2, 3};
        const hid_t attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
        H5Awrite(attribute, H5T_NATIVE_INT, version);
        H5Aclose(attribute);
    });
    CHECK_THAT(words, Contains("format is 2.3") && Contains("newer rsasim"));
}

TEST_CASE("A missing, mistyped or misshapen dataset is refused by name", "[property]") {
    CHECK_THAT(refusal_after([](hid_t f) { H5Ldelete(f, "coverage", H5P_DEFAULT); }),
               Contains("/coverage is missing"));
    CHECK_THAT(refusal_after([](hid_t f) {
                   replace(f, "power", H5T_IEEE_F32LE, {2, 3, 3});
               }),
               Contains("/power has numbers of another type"));
    CHECK_THAT(refusal_after([](hid_t f) {
                   replace(f, "power", H5T_IEEE_F64LE, {3, 2, 3});
               }),
               Contains("/power has the shape"));
    CHECK_THAT(refusal_after([](hid_t f) { replace(f, "test", H5T_STD_I64LE, {3}); }),
               Contains("/test is not a list of texts"));
    CHECK_THAT(refusal_after([](hid_t f) { H5Adelete(f, "engine"); }), Contains("engine"));
    CHECK_THAT(refusal_after([](hid_t f) { H5Ldelete(f, "tables", H5P_DEFAULT); }),
               Contains("/tables/row is missing"));
}

TEST_CASE("A dataset that claims more than the file can hold takes no memory", "[property]") {
    const auto words = refusal_after([](hid_t file) {
        const hsize_t huge = hsize_t{1} << 50U;
        for (const char* name : {"tables/row", "tables/cell", "tables/x_treated",
                                 "tables/n_treated", "tables/x_control", "tables/n_control"}) {
            replace(file, name, H5T_STD_I32LE, {huge});
        }
    });
    CHECK_THAT(words, Contains("claims"));
}

TEST_CASE("A link out of the file is refused", "[property]") {
    const auto words = refusal_after([](hid_t file) {
        H5Ldelete(file, "power", H5P_DEFAULT);
        H5Lcreate_external("elsewhere.h5", "/power", file, "power", H5P_DEFAULT, H5P_DEFAULT);
    });
    CHECK_THAT(words, Contains("/power is not in the file itself"));
}

TEST_CASE("Changed integers do not give the stated digest", "[property]") {
    const auto words = refusal_after([](hid_t file) {
        std::vector<std::int64_t> counts(12, 5);
        const hid_t dataset = H5Dopen2(file, "tables/count", H5P_DEFAULT);
        H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, counts.data());
        H5Dclose(dataset);
    });
    CHECK_THAT(words, Contains("results_sha256"));
}

TEST_CASE("Contradictions at tables that are not there, or out of order, are refused",
          "[property]") {
    const auto refusal_of_rows = [](const std::vector<std::int64_t>& rows) {
        return refusal_after([&](hid_t file) {
            const hid_t dataset = H5Dopen2(file, "contradictions/row", H5P_DEFAULT);
            H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, rows.data());
            H5Dclose(dataset);
        });
    };
    CHECK(refusal_of_rows({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) == "it was read");
    CHECK_THAT(refusal_of_rows({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12}), Contains("not there"));
    CHECK_THAT(refusal_of_rows({-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), Contains("not there"));
    CHECK_THAT(refusal_of_rows({1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), Contains("not sorted"));
    CHECK_THAT(refusal_of_rows({2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), Contains("not sorted"));
}

TEST_CASE("A counted table that no trial gave, and a probability above 1, are refused",
          "[property]") {
    const TemporaryFolder folder;
    const auto refusal_of = [&](const summary::Results& results) {
        files::write_results(results, folder / "r.h5");
        return refusal(folder / "r.h5");
    };
    auto counted = sample::single_cell(Engine::simulation);
    auto enumerated = sample::single_cell(Engine::enumeration);
    CHECK(refusal_of(counted) == "it was read");
    CHECK(refusal_of(enumerated) == "it was read");
    std::get<tally::TableCounts>(counted.cells[0].tables)[0].weight = 0;
    std::get<tally::TableProbabilities>(enumerated.cells[0].tables)[0].weight = 1.5;
    CHECK_THAT(refusal_of(counted), Contains("a row that is no table"));
    CHECK_THAT(refusal_of(enumerated), Contains("a row that is no table"));
}

TEST_CASE("A file that another program marks incomplete is read as incomplete", "[property]") {
    CHECK(refusal_after([](hid_t file) { write_integer(file, "complete", 0); }) == "it was read");
}
