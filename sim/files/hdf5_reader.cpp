#include "hdf5_reader.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5.h>

namespace rsasim::files::hdf5 {
namespace {

/// Deflate cannot shrink by more than this factor (zlib's technical details); a dataset that claims
/// more than its stored bytes can hold is damaged, and is refused before memory is taken for it.
constexpr std::size_t most_inflation = 1032;
constexpr std::size_t largest_text = std::size_t{256} << 20;
constexpr std::size_t largest_attribute = std::size_t{1} << 16;

Shape shape_of_space(const Handle& space, const std::string& path) {
    const auto action = fmt::format("read the shape of {}", path);
    if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) {
        throw Error(fmt::format("{} is empty", path));
    }
    const int rank = require(H5Sget_simple_extent_ndims(space.id()), action);
    std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
    require(H5Sget_simple_extent_dims(space.id(), extents.data(), nullptr), action);
    return {extents.begin(), extents.end()};
}

std::size_t size_of(const Shape& shape) {
    std::size_t size = 1;
    for (const auto extent : shape) {
        if (__builtin_mul_overflow(size, extent, &size)) throw Error("a dataset is too large");
    }
    return size;
}

void require_shape(const Shape& found, const Shape& expected, const std::string& path) {
    if (found != expected) {
        throw Error(fmt::format("{} has the shape {}, expected {}", path, found, expected));
    }
}

void require_stored(const Handle& dataset, std::size_t bytes, const std::string& path) {
    const std::size_t stored = H5Dget_storage_size(dataset.id());
    if (bytes / most_inflation > stored || (bytes > 0 && stored == 0)) {
        throw Error(fmt::format("{} claims {} bytes but has {} in the file", path, bytes, stored));
    }
}

bool is_text(const Handle& type) {
    return H5Tget_class(type.id()) == H5T_STRING;
}

/// Gives back what HDF5 allocated for texts.
class TextMemory {
  public:
    TextMemory(hid_t type, hid_t space, std::size_t size)
        : type_(type), space_(space), texts_(size) {}
    ~TextMemory() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, texts_.data()); }
    TextMemory(const TextMemory&) = delete;
    TextMemory& operator=(const TextMemory&) = delete;
    TextMemory(TextMemory&&) = delete;
    TextMemory& operator=(TextMemory&&) = delete;

    [[nodiscard]] char** data() { return texts_.data(); }
    /// A single blank stands for an empty text (see Image).
    [[nodiscard]] std::vector<std::string> copies() const {
        std::vector<std::string> copies;
        for (const char* text : texts_)
            copies.emplace_back(text == nullptr ? "" : text);
        for (auto& text : copies) {
            if (text == " ") text.clear();
        }
        return copies;
    }

  private:
    hid_t type_, space_;
    std::vector<char*> texts_;
};

/// Collects names; HDF5 calls it for each attribute or link.
template <class Info>
herr_t collect_name(hid_t, const char* name, const Info*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

}  // namespace

Reader::Reader(std::span<const std::byte> image) {
    constexpr std::size_t growth = 65536;
    const auto access = own(H5Pcreate(H5P_FILE_ACCESS), "prepare the reading of a file");
    require(H5Pset_fapl_core(access.id(), growth, false), "read a file in memory");
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): it is copied
    auto* const bytes = const_cast<std::byte*>(image.data());
    require(H5Pset_file_image(access.id(), bytes, image.size()), "read a file in memory");
    file_ = own(H5Fopen("results", H5F_ACC_RDONLY, access.id()), "open the file");
}

bool Reader::has(const std::string& path) const {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const auto part = path.substr(0, end);
        if (require(H5Lexists(file_.id(), part.c_str(), H5P_DEFAULT), "look for " + part) == 0) {
            return false;
        }
        H5L_info_t info{};
        require(H5Lget_info(file_.id(), part.c_str(), &info, H5P_DEFAULT), "look for " + part);
        if (info.type != H5L_TYPE_HARD) throw Error(part + " is not in the file itself");
        if (end == std::string::npos) return true;
    }
}

Handle Reader::open_object(const std::string& path) const {
    if (path != "/" && !has(path)) throw Error(path + " is missing");
    return own(H5Oopen(file_.id(), path.c_str(), H5P_DEFAULT), "open " + path);
}

Handle Reader::open_dataset(const std::string& path) const {
    auto object = open_object(path);
    if (H5Iget_type(object.id()) != H5I_DATASET) throw Error(path + " is not a dataset");
    return object;
}

bool Reader::has_attribute(const std::string& object, const std::string& name) const {
    return require(H5Aexists(open_object(object).id(), name.c_str()), "look for " + name) > 0;
}

std::vector<std::string> Reader::attribute_names(const std::string& object) const {
    std::vector<std::string> names;
    hsize_t start = 0;
    require(H5Aiterate2(open_object(object).id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &start,
                        collect_name<H5A_info_t>, &names),
            "list the attributes of " + object);
    return names;
}

std::vector<std::string> Reader::names_in(const std::string& group) const {
    std::vector<std::string> names;
    hsize_t start = 0;
    require(H5Literate(open_object(group).id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &start,
                       collect_name<H5L_info_t>, &names),
            "list " + group);
    return names;
}

std::string Reader::text_attribute(const std::string& object, const std::string& name) const {
    const auto action = fmt::format("read the attribute {} of {}", name, object);
    const auto owner = open_object(object);
    const auto attribute = own(H5Aopen(owner.id(), name.c_str(), H5P_DEFAULT), action);
    const auto type = own(H5Aget_type(attribute.id()), action);
    const std::size_t size = H5Tget_size(type.id());
    const auto space = own(H5Aget_space(attribute.id()), action);
    if (!is_text(type) || require(H5Tis_variable_str(type.id()), action) > 0 ||
        size > largest_attribute || !shape_of_space(space, name).empty()) {
        throw Error(fmt::format("the attribute {} of {} is not a text", name, object));
    }
    std::string text(size, '\0');
    require(H5Aread(attribute.id(), type.id(), text.data()), action);
    return text.c_str();  // up to the terminator
}

std::vector<std::int64_t> Reader::integer_attribute(const std::string& object,
                                                    const std::string& name) const {
    const auto action = fmt::format("read the attribute {} of {}", name, object);
    const auto owner = open_object(object);
    const auto attribute = own(H5Aopen(owner.id(), name.c_str(), H5P_DEFAULT), action);
    const auto type = own(H5Aget_type(attribute.id()), action);
    const auto space = own(H5Aget_space(attribute.id()), action);
    const auto size = size_of(shape_of_space(space, name));
    if (H5Tget_class(type.id()) != H5T_INTEGER || size > largest_attribute) {
        throw Error(fmt::format("the attribute {} of {} is not an integer", name, object));
    }
    std::vector<std::int64_t> numbers(size);
    require(H5Aread(attribute.id(), H5T_NATIVE_INT64, numbers.data()), action);
    return numbers;
}

Shape Reader::shape_of(const std::string& path) const {
    const auto dataset = open_dataset(path);
    return shape_of_space(own(H5Dget_space(dataset.id()), "open " + path), path);
}

bool Reader::holds_text(const std::string& path) const {
    const auto dataset = open_dataset(path);
    return is_text(own(H5Dget_type(dataset.id()), "open " + path));
}

bool Reader::holds_reals(const std::string& path) const {
    const auto dataset = open_dataset(path);
    return H5Tget_class(own(H5Dget_type(dataset.id()), "open " + path).id()) == H5T_FLOAT;
}

template <class Number>
std::vector<Number> Reader::read(const std::string& path, const Shape& shape) const {
    const auto action = "read " + path;
    const auto dataset = open_dataset(path);
    const auto type = own(H5Dget_type(dataset.id()), action);
    if (require(H5Tequal(type.id(), NumberType<Number>::in_file()), action) == 0) {
        throw Error(path + " has numbers of another type than expected");
    }
    require_shape(shape_of_space(own(H5Dget_space(dataset.id()), action), path), shape, path);
    const auto size = size_of(shape);
    require_stored(dataset, size * sizeof(Number), path);
    std::vector<Number> numbers(size);
    if (size > 0) {
        require(H5Dread(dataset.id(), NumberType<Number>::in_memory(), H5S_ALL, H5S_ALL,
                        H5P_DEFAULT, numbers.data()),
                action);
    }
    return numbers;
}

template std::vector<std::int8_t> Reader::read(const std::string&, const Shape&) const;
template std::vector<std::int32_t> Reader::read(const std::string&, const Shape&) const;
template std::vector<std::int64_t> Reader::read(const std::string&, const Shape&) const;
template std::vector<double> Reader::read(const std::string&, const Shape&) const;

std::vector<std::string> Reader::read_text(const std::string& path, const Shape& shape) const {
    const auto action = "read " + path;
    const auto dataset = open_dataset(path);
    const auto in_file = own(H5Dget_type(dataset.id()), action);
    if (!is_text(in_file) || require(H5Tis_variable_str(in_file.id()), action) == 0) {
        throw Error(path + " is not a list of texts");
    }
    const auto space = own(H5Dget_space(dataset.id()), action);
    require_shape(shape_of_space(space, path), shape, path);
    const auto size = size_of(shape);
    require_stored(dataset, size * sizeof(char*), path);
    const auto type = text_type();
    // Many elements may point at one long text. A scalar cannot, and H5Dvlen_get_buf_size of HDF5
    // 1.10.8 crashes on scalars.
    hsize_t bytes = 0;
    if (!shape.empty()) {
        require(H5Dvlen_get_buf_size(dataset.id(), type.id(), space.id(), &bytes), action);
    }
    if (bytes > largest_text) throw Error(fmt::format("{} has {} bytes of text", path, bytes));
    TextMemory texts(type.id(), space.id(), size);
    require(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), action);
    return texts.copies();
}

}  // namespace rsasim::files::hdf5
