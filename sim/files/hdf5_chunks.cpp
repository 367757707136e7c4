#include "hdf5_chunks.hpp"

#include "chunk_filters.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

namespace rsasim::files::hdf5 {
namespace {

static_assert(std::endian::native == std::endian::little,
              "chunks hold little-endian numbers and take them from memory");

constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
constexpr unsigned deflate_level = 4;
/// Filtered chunks that wait for the thread that writes: enough for any number of threads to be
/// busy, and little memory beside that of the file.
constexpr std::size_t most_waiting = 64;

constexpr auto action = "write the chunks of a dataset";

std::size_t product(std::span<const hsize_t> extents) {
    return std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
}

/// The whole extent, halved along the slowest axes until a chunk has about 1 MiB.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> extents, std::size_t bytes_each) {
    for (auto& extent : extents)
        extent = std::max<hsize_t>(extent, 1);
    for (auto& extent : extents) {
        while (extent > 1 && bytes_each * product(extents) > chunk_bytes)
            extent = (extent + 1) / 2;
    }
    return extents;
}

/// The numbers of a chunk. HDF5 fills up a chunk with zeros.
Bytes numbers_of(const ChunkCut& cut, const ChunkCut::Part& part, const Numbers& numbers) {
    Bytes chunk(cut.chunk_size() * numbers.bytes_each);
    numbers.fill(part.first, std::span(chunk).first(part.size * numbers.bytes_each));
    return chunk;
}

/// Numbers that follow each other in memory, to their place in the dataset.
void write_part(hid_t dataset, const ChunkCut::Part& part, hid_t type, const std::byte* numbers) {
    const auto space = own(H5Dget_space(dataset), action);
    require(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, part.start.data(), nullptr,
                                part.extent.data(), nullptr),
            action);
    const hsize_t size = part.size;
    const auto memory = own(H5Screate_simple(1, &size, nullptr), action);
    require(H5Dwrite(dataset, type, memory.id(), space.id(), H5P_DEFAULT, numbers), action);
}

}  // namespace

ChunkCut::ChunkCut(const std::vector<hsize_t>& extents, std::size_t bytes_each)
    : extents_(extents), chunk_(chunk_of(extents, bytes_each)) {
    if (chunk_.empty()) return;
    while (cut_axis_ + 1 < chunk_.size() && chunk_[cut_axis_] == 1)
        ++cut_axis_;
    pieces_ = (extents_[cut_axis_] + chunk_[cut_axis_] - 1) / chunk_[cut_axis_];
}

std::size_t ChunkCut::chunk_size() const {
    return product(chunk_);
}

std::size_t ChunkCut::count() const {
    if (extents_.empty() || product(extents_) == 0) return 0;
    return product(std::span(extents_).first(cut_axis_)) * pieces_;
}

ChunkCut::Part ChunkCut::part(std::size_t number) const {
    Part part{std::vector<hsize_t>(extents_.size()), chunk_};
    std::size_t outer = number / pieces_;
    const std::size_t step = number % pieces_ * chunk_[cut_axis_];
    const std::size_t inner = product(std::span(extents_).subspan(cut_axis_ + 1));
    part.first = (outer * extents_[cut_axis_] + step) * inner;
    part.start[cut_axis_] = step;
    part.extent[cut_axis_] = std::min(chunk_[cut_axis_], extents_[cut_axis_] - step);
    part.size = part.extent[cut_axis_] * inner;
    for (std::size_t axis = cut_axis_; axis-- > 0;) {
        part.start[axis] = outer % extents_[axis];
        outer /= extents_[axis];
    }
    return part;
}

void set_chunks(hid_t creation_list, const ChunkCut& cut) {
    constexpr auto preparing = "prepare a dataset";
    const auto& chunk = cut.chunk();
    require(H5Pset_chunk(creation_list, static_cast<int>(chunk.size()), chunk.data()), preparing);
    require(H5Pset_shuffle(creation_list), preparing);
    require(H5Pset_deflate(creation_list, deflate_level), preparing);
    require(H5Pset_fletcher32(creation_list), preparing);
}

void begin_chunks(hid_t dataset, const ChunkCut& cut, const Numbers& numbers) {
    const std::size_t rank = cut.chunk().size();
    const ChunkCut::Part one{std::vector<hsize_t>(rank, 0), std::vector<hsize_t>(rank, 1), 0, 1};
    const Bytes zero(numbers.bytes_each);
    write_part(dataset, one, numbers.in_memory, zero.data());
}

Bytes filtered_chunk(const Numbers& numbers, const ChunkCut& cut, std::size_t number) {
    const auto chunk = numbers_of(cut, cut.part(number), numbers);
    auto filtered = deflated(shuffled(chunk, numbers.bytes_each), deflate_level);
    append_fletcher32(filtered);
    return filtered;
}

void write_chunk(hid_t dataset, const ChunkCut& cut, std::size_t number, const Bytes& filtered) {
    const auto start = cut.part(number).start;
    require(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, start.data(), filtered.size(), filtered.data()),
            action);
}

void filter_ahead(std::size_t n, const ForEach& for_each,
                  const std::function<Bytes(std::size_t i)>& filter,
                  const std::function<void(std::size_t i, const Bytes& filtered)>& write) {
    for (std::size_t first = 0; first < n; first += most_waiting) {
        std::vector<Bytes> waiting(std::min(most_waiting, n - first));
        for_each(waiting.size(), [&](std::size_t i) { waiting[i] = filter(first + i); });
        for (std::size_t i = 0; i < waiting.size(); ++i)
            write(first + i, waiting[i]);
    }
}

void cache_chunk(hid_t dataset, const ChunkCut& cut, std::size_t number, const Numbers& numbers) {
    const auto part = cut.part(number);
    const auto chunk = numbers_of(cut, part, numbers);
    write_part(dataset, part, numbers.in_memory, chunk.data());
}

}  // namespace rsasim::files::hdf5
