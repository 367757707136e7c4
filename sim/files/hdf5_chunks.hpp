#pragma once

#include "hdf5_handle.hpp"

#include <cstddef>
#include <span>
#include <vector>

#include <rsasim/files/for_each.hpp>

/// Datasets in chunks that are shuffled, deflated and given checksums. What HDF5 alone would do in
/// the one thread that may call it is done here by any number of threads, to the same bytes.
namespace rsasim::files::hdf5 {

/// How numbers in C order are cut into chunks of about 1 MiB: into single steps of the slowest axes
/// and a few of the next one, so that the numbers of a chunk follow each other in memory.
class ChunkCut {
  public:
    /// `extents` are those of the dataset, of rank 1 or more.
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

/// Numbers in C order, with bytes and bits as their dataset has them in the file.
struct RawNumbers {
    hid_t in_file, in_memory;
    std::size_t bytes_each;
    std::span<const std::byte> bytes;

    [[nodiscard]] std::size_t count() const { return bytes.size() / bytes_each; }
};

/// Writes all numbers of a new dataset that was made with set_chunks. `for_each` filters chunks;
/// HDF5 is called from this thread alone. The file gets the bytes that one H5Dwrite of all numbers
/// would give it. Throws Error.
void write_chunks(hid_t dataset, const ChunkCut& cut, const RawNumbers& numbers,
                  const ForEach& for_each);

}  // namespace rsasim::files::hdf5
