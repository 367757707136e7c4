#include "hdf5_chunks.hpp"

#include "hdf5_memory.hpp"

#include <cstdint>
#include <functional>
#include <random>
#include <thread>
#include <utility>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::files::hdf5;
using Extents = std::vector<hsize_t>;

namespace {

/// Extents whose numbers fill no chunk, one, or some; with and without a rest at the end of the
/// axis that is cut, be it the first one or a later one.
const std::vector<Extents> every_extents{
    {0},         {1},         {7},    {131'072},   {131'073},      {400'000},
    {5, 70'001}, {40'000, 9}, {0, 3}, {1, 70'000}, {3, 2, 70'001}, {2, 200'000, 1}};

std::size_t size_of(const Extents& extents) {
    std::size_t size = 1;
    for (const auto extent : extents)
        size *= extent;
    return size;
}

/// Numbers of which some repeat and some do not, so that both kinds are deflated.
template <class Number>
std::vector<Number> numbers_for(const Extents& extents) {
    std::mt19937_64 random(20'230'313);
    std::vector<Number> numbers(size_of(extents));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto word = i / 1000 % 2 == 0 ? i % 50 : random() >> 11U;
        numbers[i] = static_cast<Number>(word);
    }
    return numbers;
}

/// Writes a new dataset; calls `describe` where its attributes are to be written.
using Writer = std::function<void(hid_t dataset, const ChunkCut& cut, const Numbers& numbers,
                                  const std::function<void()>& describe)>;

void set_units(hid_t dataset) {
    const auto scalar = own(H5Screate(H5S_SCALAR), "");
    const auto attribute =
        own(H5Acreate2(dataset, "units", H5T_STD_I32LE, scalar.id(), H5P_DEFAULT, H5P_DEFAULT), "");
    const std::int32_t one = 1;
    require(H5Awrite(attribute.id(), H5T_NATIVE_INT32, &one), "");
}

/// A file with two datasets.
Bytes file_by(const Writer& writer, const Extents& extents, const Numbers& numbers) {
    Bytes bytes;
    const auto access = access_to_memory(&bytes);
    const auto creation = own(H5Pcreate(H5P_FILE_CREATE), "");
    require(H5Pset_obj_track_times(creation.id(), false), "");
    auto file =
        own(H5Fcreate("/dev/null/in memory", H5F_ACC_TRUNC, creation.id(), access.id()), "");
    for (const auto* name : {"a", "b"}) {
        const auto space =
            own(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), "");
        const auto list = own(H5Pcreate(H5P_DATASET_CREATE), "");
        require(H5Pset_obj_track_times(list.id(), false), "");
        const ChunkCut cut(extents, numbers.bytes_each);
        set_chunks(list.id(), cut);
        const auto dataset = own(H5Dcreate2(file.id(), name, numbers.in_file, space.id(),
                                            H5P_DEFAULT, list.id(), H5P_DEFAULT),
                                 "");
        writer(dataset.id(), cut, numbers, [&] { set_units(dataset.id()); });
    }
    require(H5Fclose(file.release()), "");
    bytes.resize(stated_length(bytes));
    return bytes;
}

void write_by_hdf5(hid_t dataset, const ChunkCut&, const Numbers& numbers,
                   const std::function<void()>& describe) {
    Bytes all(numbers.size * numbers.bytes_each);
    numbers.fill(0, all);
    if (numbers.size > 0)
        require(H5Dwrite(dataset, numbers.in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, all.data()),
                "");
    describe();
}

Writer write_with(files::ForEach for_each) {
    return
        [for_each = std::move(for_each)](hid_t dataset, const ChunkCut& cut, const Numbers& numbers,
                                         const std::function<void()>& describe) {
            if (cut.count() == 0) return describe();
            begin_chunks(dataset, cut, numbers);
            const auto filter = [&](std::size_t i) { return filtered_chunk(numbers, cut, i); };
            filter_ahead(cut.count(), for_each, filter, [&](std::size_t i, const Bytes& filtered) {
                if (i + 1 == cut.count()) describe();
                write_chunk(dataset, cut, i, filtered);
            });
        };
}

/// The last chunk is left to HDF5.
void write_but_the_last(hid_t dataset, const ChunkCut& cut, const Numbers& numbers,
                        const std::function<void()>& describe) {
    for (std::size_t i = 0; i + 1 < cut.count(); ++i)
        write_chunk(dataset, cut, i, filtered_chunk(numbers, cut, i));
    if (cut.count() > 0) cache_chunk(dataset, cut, cut.count() - 1, numbers);
    describe();
}

void on_a_thread_each(std::size_t n, const std::function<void(std::size_t)>& body) {
    std::vector<std::jthread> threads;
    for (std::size_t i = n; i-- > 0;)
        threads.emplace_back([&body, i] { body(i); });
}

template <class Number>
void check_bytes() {
    for (const auto& extents : every_extents) {
        CAPTURE(extents, sizeof(Number));
        const auto list = numbers_for<Number>(extents);
        const auto numbers = numbers_in(list);
        const auto by_hdf5 = file_by(write_by_hdf5, extents, numbers);
        const bool is_same =
            file_by(write_with(files::for_each_in_order), extents, numbers) == by_hdf5;
        CHECK(is_same);
        const bool is_same_but_for_the_last =
            file_by(write_but_the_last, extents, numbers) == by_hdf5;
        CHECK(is_same_but_for_the_last);
    }
}

}  // namespace

TEST_CASE("A file has the bytes that HDF5's own filters give it", "[reference]") {
    check_bytes<std::int8_t>();
    check_bytes<std::int32_t>();
    check_bytes<std::int64_t>();
    check_bytes<double>();
}

TEST_CASE("A file has the same bytes whatever threads filter its chunks", "[threads]") {
    for (const Extents& extents : {Extents{2'000'003}, Extents{3, 2, 70'001}}) {
        const auto list = numbers_for<double>(extents);
        const auto numbers = numbers_in(list);
        const auto in_order = file_by(write_with(files::for_each_in_order), extents, numbers);
        const bool is_same = file_by(write_with(on_a_thread_each), extents, numbers) == in_order;
        CHECK(is_same);
    }
}

TEST_CASE("The parts of a cut follow each other and are all numbers, within chunks of 1 MiB",
          "[property]") {
    constexpr std::size_t bytes_each = sizeof(double), most_bytes = std::size_t{1} << 20;
    for (const auto& extents : every_extents) {
        CAPTURE(extents);
        const ChunkCut cut(extents, bytes_each);
        CHECK(cut.chunk_size() * bytes_each <= most_bytes);
        std::size_t next = 0;
        for (std::size_t i = 0; i < cut.count(); ++i) {
            const auto part = cut.part(i);
            CHECK(part.first == next);
            CHECK(part.size == size_of(part.extent));
            std::size_t first = 0;  // of the box, in C order
            for (std::size_t axis = 0; axis < extents.size(); ++axis) {
                CHECK(part.start[axis] % cut.chunk()[axis] == 0);
                CHECK(part.start[axis] + part.extent[axis] <= extents[axis]);
                first = first * extents[axis] + part.start[axis];
            }
            CHECK(first == part.first);
            next += part.size;
        }
        CHECK(next == size_of(extents));
    }
}

TEST_CASE("What fails in filtering a chunk fails the writing", "[property]") {
    const Extents extents{2'000'003};
    const auto list = numbers_for<double>(extents);
    const auto failing = [](std::size_t, const auto&) { throw std::bad_alloc(); };
    CHECK_THROWS_AS(file_by(write_with(failing), extents, numbers_in(list)), std::bad_alloc);
}
