#pragma once

#include "hdf5_chunks.hpp"
#include "hdf5_handle.hpp"
#include "hdf5_numbers.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rsasim/files/for_each.hpp>

namespace rsasim::files::hdf5 {

/// A file, group or dataset: what may carry attributes. An attribute stays below 64 KiB: longer
/// text is cut at a character, with "..." at its end.
class Object {
  public:
    explicit Object(Handle handle) : handle_(std::move(handle)) {}

    void set(const std::string& name, std::string_view text) const;
    void set(const std::string& name, std::int8_t number) const;
    void set(const std::string& name, std::int32_t number) const;
    void set(const std::string& name, std::int64_t number) const;
    void set(const std::string& name, std::span<const std::int32_t> numbers) const;

    /// The longest text an attribute holds, in bytes.
    static constexpr std::size_t longest_attribute = 60'000;

  protected:
    [[nodiscard]] hid_t id() const { return handle_.id(); }

  private:
    Handle handle_;
    friend class Image;
};

/// A dimension scale: an axis on which other datasets stand.
class Scale : public Object {
  public:
    Scale(Handle handle, std::string name, std::size_t size)
        : Object(std::move(handle)), name_(std::move(name)), size_(size) {}

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    std::string name_;  ///< without its group
    std::size_t size_;
};

/// The axes of a dataset, slowest first; empty for a scalar.
using Dimensions = std::vector<const Scale*>;

/// Texts by name, in their order.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// A dataset that is to be made.
struct Dataset {
    std::string path;
    Dimensions dimensions;
    Numbers numbers;
    Attributes attributes;
};

/// An HDF5 file made in memory: format bounds of HDF5 1.8, no times, order of creation kept,
/// every dataset of rank 1 or more on scales, so that netCDF tools read it.
/// The same calls give the same bytes. Paths are absolute; groups are made before what they hold.
class Image {
  public:
    /// `for_each` compresses the chunks of large datasets; what calls HDF5 is this thread alone.
    explicit Image(ForEach for_each);

    [[nodiscard]] Object root() const;
    Object add_group(const std::string& path);
    Scale add_scale(const std::string& path, const Numbers& values);
    Scale add_scale(const std::string& path, std::span<const std::string> labels);
    /// Shuffled, deflated and with checksums, in chunks of about 1 MiB; a scalar is plain. Those
    /// that are added together are compressed together.
    void add_numbers(std::span<const Dataset> datasets);
    void add_numbers(const Dataset& dataset) { add_numbers({&dataset, 1}); }
    /// One text for each step of the scale.
    void add_labels(const std::string& path, const Scale& scale,
                    std::span<const std::string> labels, const Attributes& attributes);
    /// One text of any length.
    Object add_text(const std::string& path, const std::string& text);

    /// The bytes of the finished file. All objects made before must be gone.
    std::vector<std::byte> close() &&;

  private:
    /// Without its chunks; an empty dataset and a scalar are whole.
    Object make_dataset(const Dataset& dataset, const ChunkCut& cut);
    Handle create(const std::string& path, const std::vector<hsize_t>& extents, const ChunkCut& cut,
                  hid_t type);
    void describe(const Object& object, const Dimensions& dimensions, const Attributes& attributes);
    Object add_strings(const std::string& path, hid_t space, std::span<const std::string> texts);
    Scale make_scale(Object object, const std::string& path, std::size_t size);

    ForEach for_each_;
    std::unique_ptr<std::vector<std::byte>> bytes_;
    Handle file_;
    std::int32_t next_dimension_id_ = 0;
};

}  // namespace rsasim::files::hdf5
