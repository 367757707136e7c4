#include "hdf5_image.hpp"

#include "hdf5_memory.hpp"

#include <algorithm>

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

RawNumbers raw(const Numbers& numbers) {
    return std::visit(
        [](auto values) -> RawNumbers {
            using Type = NumberType<std::remove_const_t<typename decltype(values)::element_type>>;
            return {Type::in_file(), Type::in_memory(), sizeof(values[0]), std::as_bytes(values)};
        },
        numbers);
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

Handle Image::write_numbers(const std::string& path, const std::vector<hsize_t>& extents,
                            const RawNumbers& numbers) {
    const auto action = fmt::format("write {}", path);
    const auto space = space_of(extents);
    const auto list = creation_list(H5P_DATASET_CREATE);
    const auto make_dataset = [&] {
        return own(H5Dcreate2(file_.id(), path.c_str(), numbers.in_file, space.id(), H5P_DEFAULT,
                              list.id(), H5P_DEFAULT),
                   action);
    };
    if (extents.empty()) {
        auto scalar = make_dataset();
        require(H5Dwrite(scalar.id(), numbers.in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                         numbers.bytes.data()),
                action);
        return scalar;
    }
    const ChunkCut cut(extents, numbers.bytes_each);
    set_chunks(list.id(), cut);
    auto dataset = make_dataset();
    write_chunks(dataset.id(), cut, numbers, for_each_);
    return dataset;
}

Scale Image::make_scale(Object object, const std::string& path, std::size_t size) {
    const auto name = last_part(path);
    require(H5DSset_scale(object.id(), name.c_str()), fmt::format("make the scale {}", path));
    object.set("_Netcdf4Dimid", next_dimension_id_++);
    object.set("dimension_names", name);
    return {std::move(object.handle_), name, size};
}

Scale Image::add_scale(const std::string& path, Numbers values) {
    const auto numbers = raw(values);
    return make_scale(Object(write_numbers(path, {numbers.count()}, numbers)), path,
                      numbers.count());
}

Scale Image::add_scale(const std::string& path, std::span<const std::string> labels) {
    const auto space = space_of({labels.size()});
    return make_scale(add_strings(path, space.id(), labels), path, labels.size());
}

void Image::attach(const Object& object, const Dimensions& dimensions) {
    std::vector<std::string_view> names;
    for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
        const auto& scale = *dimensions[axis];
        require(H5DSattach_scale(object.id(), scale.id(), axis),
                fmt::format("attach the scale {}", scale.name()));
        names.emplace_back(scale.name());
    }
    object.set("dimension_names", fmt::format("{}", fmt::join(names, " ")));
}

Object Image::add_numbers(const std::string& path, const Dimensions& dimensions, Numbers values) {
    std::vector<hsize_t> extents;
    std::size_t size = 1;
    for (const auto* scale : dimensions) {
        extents.push_back(scale->size());
        size *= scale->size();
    }
    const auto numbers = raw(values);
    if (numbers.count() != size) {
        throw std::logic_error(
            fmt::format("{} has {} values on axes for {}", path, numbers.count(), size));
    }
    Object object(write_numbers(path, extents, numbers));
    attach(object, dimensions);
    return object;
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

Object Image::add_labels(const std::string& path, const Scale& scale,
                         std::span<const std::string> labels) {
    if (labels.size() != scale.size()) {
        throw std::logic_error(
            fmt::format("{} has {} labels for {}", path, labels.size(), scale.size()));
    }
    const auto space = space_of({labels.size()});
    auto object = add_strings(path, space.id(), labels);
    attach(object, {&scale});
    return object;
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
