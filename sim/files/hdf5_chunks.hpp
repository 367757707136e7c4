#pragma once

#include "hdf5_handle.hpp"
#include "hdf5_memory.hpp"
#include "hdf5_numbers.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <rsasim/files/for_each.hpp>

/// Datasets in chunks that are shuffled, deflated and given checksums. What HDF5 alone would do in
/// the one thread that may call it can be done here by any number of threads, to the same bytes: as
/// if HDF5 were given all numbers at once, kept the last chunk in its cache, as it does with one of
/// more than half the cache, and found a place for it when the dataset is closed.
namespace rsasim::files::hdf5 {

/// How numbers in C order are cut into chunks of about 1 MiB: into single steps of the slowest axes
/// and a few of the next one, so that the numbers of a chunk follow each other in memory.
class ChunkCut {
  public:
    /// `extents` are those of the dataset; of a scalar, which has no chunk, they are empty.
    ChunkCut(const std::vector<hsize_t>& extents, std::size_t bytes_each);

    /// The extents of a chunk, each 1 or more.
    [[nodiscard]] const std::vector<hsize_t>& chunk() const { return chunk_; }
    /// Numbers that a whole chunk holds.
    [[nodiscard]] std::size_t chunk_size() const;
    /// Chunks of the dataset, 0 where it is empty.
    [[nodiscard]] std::size_t count() const;

    /// The numbers in a chunk; at the end of an axis they may be fewer than a whole chunk holds.
    struct Part {
        std::vector<hsize_t> start;   ///< indices of its first number
        std::vector<hsize_t> extent;  ///< of the numbers, along each axis
        std::size_t first = 0;        ///< its first number, in C order
        std::size_t size = 0;
    };
    /// The chunk with this number, below count(), row-major over the chunks.
    [[nodiscard]] Part part(std::size_t number) const;

  private:
    std::vector<hsize_t> extents_;
    std::vector<hsize_t> chunk_;
    std::size_t cut_axis_ = 0;  ///< a chunk has one step of those before it, all of those behind it
    std::size_t pieces_ = 0;    ///< chunks along that axis
};

/// Adds the chunks of this cut and their filters to the creation list of a dataset.
void set_chunks(hid_t creation_list, const ChunkCut& cut);

/// Makes HDF5 allot the index of the chunks, which it does at the first number that is written, so
/// that it lies before what is written between this and the first chunk. Not for an empty dataset.
void begin_chunks(hid_t dataset, const ChunkCut& cut, const Numbers& numbers);

/// A chunk as it is in the file, shuffled, deflated and with its checksum. On any thread.
Bytes filtered_chunk(const Numbers& numbers, const ChunkCut& cut, std::size_t number);

/// Writes a chunk that is filtered. Throws Error.
void write_chunk(hid_t dataset, const ChunkCut& cut, std::size_t number, const Bytes& filtered);

/// Calls write(i, filter(i)) for each i in [0, n), in this order and on this thread; `for_each`
/// runs `filter`, some chunks ahead.
void filter_ahead(std::size_t n, const ForEach& for_each,
                  const std::function<Bytes(std::size_t i)>& filter,
                  const std::function<void(std::size_t i, const Bytes& filtered)>& write);

/// Hands a chunk to HDF5, which filters it and finds a place for it when the dataset is closed.
/// Throws Error.
void cache_chunk(hid_t dataset, const ChunkCut& cut, std::size_t number, const Numbers& numbers);

}  // namespace rsasim::files::hdf5
