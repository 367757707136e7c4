#pragma once

#include "hdf5_handle.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace rsasim::files::hdf5 {

using Shape = std::vector<std::size_t>;

/// An HDF5 file in memory, opened for reading. Trusts nothing: types and shapes are compared before
/// anything is allocated, and no link leads out of the file. Paths are absolute. All functions
/// throw Error.
class Reader {
  public:
    /// `image` has to outlive the reader.
    explicit Reader(std::span<const std::byte> image);

    /// True where each part of the path is there, linked directly.
    [[nodiscard]] bool has(const std::string& path) const;
    [[nodiscard]] bool has_attribute(const std::string& object, const std::string& name) const;
    [[nodiscard]] std::vector<std::string> attribute_names(const std::string& object) const;
    /// The names in a group.
    [[nodiscard]] std::vector<std::string> names_in(const std::string& group) const;

    [[nodiscard]] std::string text_attribute(const std::string& object,
                                             const std::string& name) const;
    [[nodiscard]] std::vector<std::int64_t> integer_attribute(const std::string& object,
                                                              const std::string& name) const;

    [[nodiscard]] Shape shape_of(const std::string& path) const;
    [[nodiscard]] bool holds_text(const std::string& path) const;
    [[nodiscard]] bool holds_reals(const std::string& path) const;

    /// All numbers of a dataset, which must have this shape and exactly this type.
    template <class Number>
    [[nodiscard]] std::vector<Number> read(const std::string& path, const Shape& shape) const;
    /// All texts of a dataset of this shape.
    [[nodiscard]] std::vector<std::string> read_text(const std::string& path,
                                                     const Shape& shape) const;

  private:
    [[nodiscard]] Handle open_dataset(const std::string& path) const;
    [[nodiscard]] Handle open_object(const std::string& path) const;

    Handle file_;
};

}  // namespace rsasim::files::hdf5
