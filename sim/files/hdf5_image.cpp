#include "hdf5_image.hpp"

#include "hdf5_memory.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5_hl.h>

namespace rsasim::files::hdf5 {
namespace {

constexpr unsigned keep_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
/// Attributes of an object that are kept in its header; beyond, each object would carry a heap and
/// two trees of some kilobytes.
constexpr unsigned most_compact_attributes = 64;

/// A creation list without times and with the attributes in order.
Handle creation_list(hid_t list_class) {
    constexpr auto action = "prepare an object";
    auto list = own(H5Pcreate(list_class), action);
    require(H5Pset_obj_track_times(list.id(), false), action);
    require(H5Pset_attr_creation_order(list.id(), keep_order), action);
    require(H5Pset_attr_phase_change(list.id(), most_compact_attributes, most_compact_attributes),
            action);
    if (list_class != H5P_DATASET_CREATE) {
        require(H5Pset_link_creation_order(list.id(), keep_order), action);
    }
    return list;
}

std::vector<hsize_t> extents_of(const Dimensions& dimensions) {
    std::vector<hsize_t> extents;
    for (const auto* scale : dimensions)
        extents.push_back(scale->size());
    return extents;
}

/// A chunk to be written; a dataset without any has one step all the same.
struct Step {
    const Dataset* dataset;
    ChunkCut cut;
    std::size_t chunk;
};

std::vector<Step> steps_of(std::span<const Dataset> datasets) {
    std::vector<Step> all;
    for (const auto& dataset : datasets) {
        const auto extents = extents_of(dataset.dimensions);
        const auto size =
            std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
        if (dataset.numbers.size != size) {
            throw std::logic_error(fmt::format("{} has {} values on axes for {}", dataset.path,
                                               dataset.numbers.size, size));
        }
        const ChunkCut cut(extents, dataset.numbers.bytes_each);
        for (std::size_t i = 0; i < std::max<std::size_t>(cut.count(), 1); ++i)
            all.push_back({&dataset, cut, i});
    }
    return all;
}

Handle space_of(const std::vector<hsize_t>& extents) {
    constexpr auto action = "make a space";
    if (extents.empty()) return own(H5Screate(H5S_SCALAR), action);
    return own(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), action);
}

std::string last_part(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

void write_attribute(hid_t object, const std::string& name, const std::vector<hsize_t>& extents,
                     hid_t in_file, hid_t in_memory, const void* data) {
    const auto action = fmt::format("write the attribute {}", name);
    const auto space = space_of(extents);
    const auto attribute = own(
        H5Acreate2(object, name.c_str(), in_file, space.id(), H5P_DEFAULT, H5P_DEFAULT), action);
    require(H5Awrite(attribute.id(), in_memory, data), action);
}

template <class Number>
void write_number(hid_t object, const std::string& name, Number number) {
    using Type = NumberType<Number>;
    write_attribute(object, name, {}, Type::in_file(), Type::in_memory(), &number);
}

/// Cut so that no UTF-8 character is split.
std::string shortened(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string(text);
    constexpr std::string_view ellipsis = "...";
    std::size_t end = longest - ellipsis.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)).append(ellipsis);
}

}  // namespace

void Object::set(const std::string& name, std::string_view text) const {
    const auto stored = shortened(text, longest_attribute);
    const auto action = fmt::format("write the attribute {}", name);
    const auto type = own(H5Tcopy(H5T_C_S1), action);
    require(H5Tset_size(type.id(), stored.size() + 1), action);
    require(H5Tset_strpad(type.id(), H5T_STR_NULLTERM), action);
    require(H5Tset_cset(type.id(), H5T_CSET_UTF8), action);
    write_attribute(id(), name, {}, type.id(), type.id(), stored.c_str());
}

void Object::set(const std::string& name, std::int8_t number) const {
    write_number(id(), name, number);
}

void Object::set(const std::string& name, std::int32_t number) const {
    write_number(id(), name, number);
}

void Object::set(const std::string& name, std::int64_t number) const {
    write_number(id(), name, number);
}

void Object::set(const std::string& name, std::span<const std::int32_t> numbers) const {
    using Type = NumberType<std::int32_t>;
    write_attribute(id(), name, {numbers.size()}, Type::in_file(), Type::in_memory(),
                    numbers.data());
}

Image::Image(ForEach for_each)
    : for_each_(std::move(for_each)), bytes_(std::make_unique<std::vector<std::byte>>()) {
    const auto access = access_to_memory(bytes_.get());
    const auto creation = creation_list(H5P_FILE_CREATE);
    // The driver looks for a file of this name first; there can be none.
    constexpr auto name = "/dev/null/in memory";
    file_ =
        own(H5Fcreate(name, H5F_ACC_TRUNC, creation.id(), access.id()), "make a file in memory");
}

Object Image::root() const {
    return Object(own(H5Gopen2(file_.id(), "/", H5P_DEFAULT), "open the root group"));
}

Object Image::add_group(const std::string& path) {
    const auto list = creation_list(H5P_GROUP_CREATE);
    return Object(own(H5Gcreate2(file_.id(), path.c_str(), H5P_DEFAULT, list.id(), H5P_DEFAULT),
                      fmt::format("make the group {}", path)));
}

Handle Image::create(const std::string& path, const std::vector<hsize_t>& extents,
                     const ChunkCut& cut, hid_t type) {
    const auto space = space_of(extents);
    const auto list = creation_list(H5P_DATASET_CREATE);
    if (!extents.empty()) set_chunks(list.id(), cut);
    return own(
        H5Dcreate2(file_.id(), path.c_str(), type, space.id(), H5P_DEFAULT, list.id(), H5P_DEFAULT),
        fmt::format("write {}", path));
}

Scale Image::make_scale(Object object, const std::string& path, std::size_t size) {
    const auto name = last_part(path);
    require(H5DSset_scale(object.id(), name.c_str()), fmt::format("make the scale {}", path));
    object.set("_Netcdf4Dimid", next_dimension_id_++);
    object.set("dimension_names", name);
    return {std::move(object.handle_), name, size};
}

Scale Image::add_scale(const std::string& path, const Numbers& values) {
    const ChunkCut cut({values.size}, values.bytes_each);
    auto scale = create(path, {values.size}, cut, values.in_file);
    const std::size_t last = std::max<std::size_t>(cut.count(), 1) - 1;
    const auto filter = [&](std::size_t i) { return filtered_chunk(values, cut, i); };
    const auto write = [&](std::size_t i, const Bytes& filtered) {
        write_chunk(scale.id(), cut, i, filtered);
    };
    filter_ahead(last, for_each_, filter, write);
    // A scale stays open while others are made, and its last chunk lies behind them.
    if (cut.count() > 0) cache_chunk(scale.id(), cut, last, values);
    return make_scale(Object(std::move(scale)), path, values.size);
}

Scale Image::add_scale(const std::string& path, std::span<const std::string> labels) {
    const auto space = space_of({labels.size()});
    return make_scale(add_strings(path, space.id(), labels), path, labels.size());
}

void Image::describe(const Object& object, const Dimensions& dimensions,
                     const Attributes& attributes) {
    std::vector<std::string_view> names;
    for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
        const auto& scale = *dimensions[axis];
        require(H5DSattach_scale(object.id(), scale.id(), axis),
                fmt::format("attach the scale {}", scale.name()));
        names.emplace_back(scale.name());
    }
    object.set("dimension_names", fmt::format("{}", fmt::join(names, " ")));
    for (const auto& [name, text] : attributes)
        object.set(name, text);
}

Object Image::make_dataset(const Dataset& dataset, const ChunkCut& cut) {
    const auto& numbers = dataset.numbers;
    const auto extents = extents_of(dataset.dimensions);
    Object object(create(dataset.path, extents, cut, numbers.in_file));
    if (extents.empty()) {
        std::vector<std::byte> scalar(numbers.bytes_each);
        numbers.fill(0, scalar);
        require(
            H5Dwrite(object.id(), numbers.in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, scalar.data()),
            fmt::format("write {}", dataset.path));
    }
    if (cut.count() > 0) begin_chunks(object.id(), cut, numbers);
    return object;
}

/// The attributes of a dataset come before its last chunk, as they would if HDF5 filtered it.
void Image::add_numbers(std::span<const Dataset> datasets) {
    const auto steps = steps_of(datasets);
    const auto filter = [&](std::size_t i) {
        const auto& [dataset, cut, chunk] = steps[i];
        return cut.count() > 0 ? filtered_chunk(dataset->numbers, cut, chunk) : Bytes();
    };
    std::optional<Object> open;
    const auto write = [&](std::size_t i, const Bytes& filtered) {
        const auto& [dataset, cut, chunk] = steps[i];
        const bool is_last = chunk + 1 >= cut.count();
        if (chunk == 0) open.emplace(make_dataset(*dataset, cut));
        if (is_last) describe(*open, dataset->dimensions, dataset->attributes);
        if (cut.count() > 0) write_chunk(open->id(), cut, chunk, filtered);
        if (is_last) open.reset();
    };
    filter_ahead(steps.size(), for_each_, filter, write);
}

/// An empty text is stored as one blank: HDF5 keeps an empty one as a null pointer, on which some
/// readers crash.
Object Image::add_strings(const std::string& path, hid_t space,
                          std::span<const std::string> texts) {
    const auto action = fmt::format("write {}", path);
    const auto type = text_type();
    const auto list = creation_list(H5P_DATASET_CREATE);
    auto dataset = own(
        H5Dcreate2(file_.id(), path.c_str(), type.id(), space, H5P_DEFAULT, list.id(), H5P_DEFAULT),
        action);
    std::vector<const char*> pointers;
    for (const auto& text : texts)
        pointers.push_back(text.empty() ? " " : text.c_str());
    require(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
            action);
    return Object(std::move(dataset));
}

void Image::add_labels(const std::string& path, const Scale& scale,
                       std::span<const std::string> labels, const Attributes& attributes) {
    if (labels.size() != scale.size()) {
        throw std::logic_error(
            fmt::format("{} has {} labels for {}", path, labels.size(), scale.size()));
    }
    const auto space = space_of({labels.size()});
    describe(add_strings(path, space.id(), labels), {&scale}, attributes);
}

Object Image::add_text(const std::string& path, const std::string& text) {
    const auto space = space_of({});
    return add_strings(path, space.id(), {&text, 1});
}

std::vector<std::byte> Image::close() && {
    require(H5Fclose(file_.release()), "finish the file in memory");
    bytes_->resize(stated_length(*bytes_));
    return std::move(*bytes_);
}

}  // namespace rsasim::files::hdf5
