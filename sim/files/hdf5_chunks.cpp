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
/// busy, and little memory beside the numbers themselves.
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

using Bytes = std::vector<std::byte>;

/// The chunk of these numbers as it is in the file. HDF5 fills up a chunk with zeros.
Bytes filtered(std::span<const std::byte> numbers, std::size_t size, std::size_t bytes_each) {
    Bytes chunk(size * bytes_each);
    std::ranges::copy(numbers, chunk.begin());
    auto stored = deflated(shuffled(chunk, bytes_each), deflate_level);
    append_fletcher32(stored);
    return stored;
}

std::span<const std::byte> bytes_in(const RawNumbers& numbers, const ChunkCut::Part& part) {
    return numbers.bytes.subspan(part.first * numbers.bytes_each, part.size * numbers.bytes_each);
}

/// HDF5 filters a chunk in its cache when the dataset is closed.
void write_to_cache(hid_t dataset, const ChunkCut::Part& part, const RawNumbers& numbers) {
    const auto space = own(H5Dget_space(dataset), action);
    require(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, part.start.data(), nullptr,
                                part.extent.data(), nullptr),
            action);
    const hsize_t size = part.size;
    const auto memory = own(H5Screate_simple(1, &size, nullptr), action);
    require(H5Dwrite(dataset, numbers.in_memory, memory.id(), space.id(), H5P_DEFAULT,
                     bytes_in(numbers, part).data()),
            action);
}

}  // namespace

ChunkCut::ChunkCut(const std::vector<hsize_t>& extents, std::size_t bytes_each)
    : extents_(extents), chunk_(chunk_of(extents, bytes_each)) {
    while (cut_axis_ + 1 < chunk_.size() && chunk_[cut_axis_] == 1)
        ++cut_axis_;
    pieces_ = (extents_[cut_axis_] + chunk_[cut_axis_] - 1) / chunk_[cut_axis_];
}

std::size_t ChunkCut::chunk_size() const {
    return product(chunk_);
}

std::size_t ChunkCut::count() const {
    if (product(extents_) == 0) return 0;
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

void write_chunks(hid_t dataset, const ChunkCut& cut, const RawNumbers& numbers,
                  const ForEach& for_each) {
    if (cut.count() == 0) return;
    const std::size_t last = cut.count() - 1;
    for (std::size_t first = 0; first < last; first += most_waiting) {
        std::vector<Bytes> waiting(std::min(most_waiting, last - first));
        for_each(waiting.size(), [&](std::size_t i) {
            waiting[i] = filtered(bytes_in(numbers, cut.part(first + i)), cut.chunk_size(),
                                  numbers.bytes_each);
        });
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const auto start = cut.part(first + i).start;
            require(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, start.data(), waiting[i].size(),
                                   waiting[i].data()),
                    action);
        }
    }
    // HDF5 finds a place for the last chunk behind the attributes that are still to come.
    write_to_cache(dataset, cut.part(last), numbers);
}

}  // namespace rsasim::files::hdf5
