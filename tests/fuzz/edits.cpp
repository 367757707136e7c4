#include "edits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <hdf5.h>
#include <hdf5_hl.h>

// HDF5's own refusals of an edit are ignored: the image is then what it was.
namespace fuzz {
namespace {

using Bytes = std::vector<std::byte>;

constexpr int most_edits = 5;
constexpr std::size_t longest_name = 24;
constexpr std::size_t largest_dataset = std::size_t{1} << 20;

/// An image that can be written to.
class Opened {
  public:
    explicit Opened(Bytes image)
        : image_(std::move(image)),
          file_(H5LTopen_file_image(image_.data(), image_.size(), H5LT_FILE_IMAGE_OPEN_RW)) {}
    ~Opened() { H5Fclose(file_); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    Opened(Opened&&) = delete;
    Opened& operator=(Opened&&) = delete;

    [[nodiscard]] hid_t file() const { return file_; }
    [[nodiscard]] Bytes image() const {
        H5Fflush(file_, H5F_SCOPE_GLOBAL);
        const auto size = H5Fget_file_image(file_, nullptr, 0);
        Bytes image(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        H5Fget_file_image(file_, image.data(), image.size());
        return image;
    }

  private:
    Bytes image_;
    hid_t file_;
};

herr_t keep_path(hid_t, const char* name, const H5O_info_t*, void* paths) {
    static_cast<std::vector<std::string>*>(paths)->emplace_back(name);
    return 0;
}

std::vector<std::string> paths_in(hid_t file) {
    std::vector<std::string> paths;
    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_NATIVE, keep_path, &paths);
    return paths;
}

std::string pick(const std::vector<std::string>& paths, FuzzedDataProvider& input) {
    if (paths.empty()) return ".";
    return paths[input.ConsumeIntegralInRange<std::size_t>(0, paths.size() - 1)];
}

hid_t some_type(FuzzedDataProvider& input) {
    const std::array types{H5T_STD_I8LE,   H5T_STD_I32LE,  H5T_STD_I64LE, H5T_STD_U64LE,
                           H5T_IEEE_F64LE, H5T_IEEE_F32LE, H5T_STD_I64BE, H5T_C_S1};
    return types[input.ConsumeIntegralInRange<std::size_t>(0, types.size() - 1)];
}

hid_t some_space(FuzzedDataProvider& input) {
    constexpr int most_dimensions = 4;
    constexpr hsize_t small = 7;
    const int rank = input.ConsumeIntegralInRange(-1, most_dimensions);
    if (rank < 0) return H5Screate(H5S_NULL);
    if (rank == 0) return H5Screate(H5S_SCALAR);
    std::array<hsize_t, most_dimensions> extents{};
    for (int i = 0; i < rank; ++i) {
        extents[static_cast<std::size_t>(i)] = input.ConsumeBool()
                                                   ? input.ConsumeIntegralInRange<hsize_t>(0, small)
                                                   : input.ConsumeIntegral<std::uint32_t>();
    }
    return H5Screate_simple(rank, extents.data(), nullptr);
}

/// Changes some numbers of a dataset, whatever its type.
void change_numbers(hid_t file, const std::string& path, FuzzedDataProvider& input) {
    const hid_t dataset = H5Dopen2(file, path.c_str(), H5P_DEFAULT);
    if (dataset < 0) return;
    const hid_t space = H5Dget_space(dataset);
    const hid_t type = H5Dget_type(dataset);
    const auto size = H5Sget_simple_extent_npoints(space);
    const bool is_number = H5Tget_class(type) == H5T_INTEGER || H5Tget_class(type) == H5T_FLOAT;
    if (is_number && size > 0 && static_cast<std::size_t>(size) < largest_dataset) {
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(size));
        H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
        const int changes = input.ConsumeIntegralInRange(1, 4);
        for (int i = 0; i < changes; ++i) {
            auto& number =
                numbers[input.ConsumeIntegralInRange<std::size_t>(0, numbers.size() - 1)];
            number = input.ConsumeBool() ? number + input.ConsumeIntegralInRange(-2, 2)
                                         : input.ConsumeIntegral<std::int64_t>();
        }
        H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
    }
    H5Tclose(type);
    H5Sclose(space);
    H5Dclose(dataset);
}

/// Another dataset in place of an object.
void replace_object(hid_t file, const std::string& path, FuzzedDataProvider& input) {
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    const hid_t space = some_space(input);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_alloc_time(creation, H5D_ALLOC_TIME_INCR);  // huge extents take no room
    const hid_t dataset =
        H5Dcreate2(file, path.c_str(), some_type(input), space, H5P_DEFAULT, creation, H5P_DEFAULT);
    if (dataset >= 0) H5Dclose(dataset);
    H5Pclose(creation);
    H5Sclose(space);
}

void replace_by_link(hid_t file, const std::string& path, const std::string& other,
                     FuzzedDataProvider& input) {
    if (path == other) return;
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    switch (input.ConsumeIntegralInRange(0, 3)) {
        case 0:
            H5Lcreate_soft(other.c_str(), file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
            break;
        case 1:
            H5Lcreate_external("elsewhere.h5", other.c_str(), file, path.c_str(), H5P_DEFAULT,
                               H5P_DEFAULT);
            break;
        case 2:
            H5Lcreate_hard(file, other.c_str(), file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
            break;
        default: {
            const hid_t group =
                H5Gcreate2(file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
            if (group >= 0) H5Gclose(group);
        }
    }
}

std::string attribute_of(hid_t object, FuzzedDataProvider& input) {
    H5O_info_t info{};
    if (H5Oget_info(object, &info) < 0 || info.num_attrs == 0) return "note";
    const auto index = input.ConsumeIntegralInRange<hsize_t>(0, info.num_attrs - 1);
    std::array<char, 256> name{};
    H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, index, name.data(), name.size(),
                       H5P_DEFAULT);
    return name.data();
}

void change_attribute(hid_t file, const std::string& path, FuzzedDataProvider& input) {
    const hid_t object = H5Oopen(file, path.c_str(), H5P_DEFAULT);
    if (object < 0) return;
    const auto name = attribute_of(object, input);
    H5Adelete(object, name.c_str());
    switch (input.ConsumeIntegralInRange(0, 3)) {
        case 0:
            H5LTset_attribute_string(object, ".", name.c_str(),
                                     input.ConsumeRandomLengthString(longest_name).c_str());
            break;
        case 1: {
            const long long number = input.ConsumeIntegral<std::int64_t>();
            H5LTset_attribute_long_long(object, ".", name.c_str(), &number, 1);
            break;
        }
        case 2: {
            // HDF5 takes memory for attributes at once.
            const hsize_t extent = input.ConsumeIntegralInRange<hsize_t>(0, longest_name);
            const hid_t space = H5Screate_simple(1, &extent, nullptr);
            const hid_t attribute =
                H5Acreate2(object, name.c_str(), some_type(input), space, H5P_DEFAULT, H5P_DEFAULT);
            if (attribute >= 0) H5Aclose(attribute);
            H5Sclose(space);
            break;
        }
        default:  // it is gone
            break;
    }
    H5Oclose(object);
}

void edit(hid_t file, FuzzedDataProvider& input) {
    const auto paths = paths_in(file);
    const auto path = pick(paths, input);
    switch (input.ConsumeIntegralInRange(0, 5)) {
        case 0:
            H5Ldelete(file, path.c_str(), H5P_DEFAULT);
            break;
        case 1:
            replace_object(file, path, input);
            break;
        case 2:
            replace_by_link(file, path, pick(paths, input), input);
            break;
        case 3:
            change_attribute(file, path, input);
            break;
        default:
            change_numbers(file, path, input);
    }
}

}  // namespace

Bytes edited(const Bytes& image, FuzzedDataProvider& input) {
    const Opened opened(image);
    if (opened.file() < 0) return image;
    for (int i = 0; i < most_edits && input.remaining_bytes() > 0; ++i)
        edit(opened.file(), input);
    return opened.image();
}

Bytes with_digest(const Bytes& image, const std::string& digest) {
    const Opened opened(image);
    if (opened.file() < 0) return image;
    H5Adelete(opened.file(), "results_sha256");
    H5LTset_attribute_string(opened.file(), ".", "results_sha256", digest.c_str());
    return opened.image();
}

}  // namespace fuzz
