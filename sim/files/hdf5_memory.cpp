#include "hdf5_memory.hpp"

#include <array>
#include <cstring>
#include <new>

namespace rsasim::files::hdf5 {
namespace {

constexpr std::size_t image_growth = std::size_t{1} << 20;

// The core driver keeps its file in a vector that belongs to the Image and outlives the driver.

void* resize_image(void*, std::size_t size, H5FD_file_image_op_t, void* owner) {
    auto& bytes = *static_cast<Bytes*>(owner);
    try {
        bytes.resize(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
    return bytes.data();
}

void* allocate_image(std::size_t size, H5FD_file_image_op_t operation, void* owner) {
    return resize_image(nullptr, size, operation, owner);
}

void* copy_image(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
    return std::memcpy(to, from, size);
}

herr_t keep_image(void*, H5FD_file_image_op_t, void*) {
    return 0;
}

void* share_owner(void* owner) {
    return owner;
}

herr_t keep_owner(void*) {
    return 0;
}

}  // namespace

Handle access_to_memory(Bytes* bytes) {
    constexpr auto action = "prepare a file in memory";
    auto access = own(H5Pcreate(H5P_FILE_ACCESS), action);
    require(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), action);
    require(H5Pset_fclose_degree(access.id(), H5F_CLOSE_SEMI), action);
    require(H5Pset_fapl_core(access.id(), image_growth, false), action);
    H5FD_file_image_callbacks_t callbacks{allocate_image, copy_image, resize_image, keep_image,
                                          share_owner,    keep_owner, bytes};
    require(H5Pset_file_image_callbacks(access.id(), &callbacks), action);
    return access;
}

std::size_t stated_length(const Bytes& bytes) {
    constexpr std::array<unsigned char, 9> start{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n', 2};
    constexpr std::size_t position = 28, width = 8;
    if (bytes.size() < position + width ||
        std::memcmp(bytes.data(), start.data(), start.size()) != 0) {
        throw Error("HDF5 left a file in memory without the expected superblock");
    }
    std::size_t length = 0;
    for (std::size_t i = width; i-- > 0;) {
        length = length << 8U | std::to_integer<std::size_t>(bytes[position + i]);
    }
    return length;
}

}  // namespace rsasim::files::hdf5
