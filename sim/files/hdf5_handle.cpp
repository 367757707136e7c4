#include "hdf5_handle.hpp"

#include <string>

#include <fmt/format.h>

namespace rsasim::files::hdf5 {
namespace {

/// Keeps the innermost entry of the error stack: the cause, not the call.
herr_t keep_first(unsigned index, const H5E_error2_t* entry, void* data) {
    if (index == 0 && entry->desc != nullptr) *static_cast<std::string*>(data) = entry->desc;
    return 0;
}

std::string words_of_hdf5() {
    std::string words;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &words);
    return words.empty() ? "no reason given" : words;
}

[[noreturn]] void fail(std::string_view action) {
    throw Error(fmt::format("HDF5 could not {}: {}", action, words_of_hdf5()));
}

}  // namespace

QuietErrors::QuietErrors() {
    // Everything is closed by its handle. The library's own clean-up at exit would loop over what a
    // damaged file left half open.
    [[maybe_unused]] static const herr_t no_clean_up_at_exit = H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &printer_, &printer_data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietErrors::~QuietErrors() {
    H5Eset_auto2(H5E_DEFAULT, printer_, printer_data_);
}

void Handle::reset() noexcept {
    if (id_ >= 0) H5Idec_ref(std::exchange(id_, no_id));
}

Handle own(hid_t id, std::string_view action) {
    if (id < 0) fail(action);
    return Handle(id);
}

int require(int status, std::string_view action) {
    if (status < 0) fail(action);
    return status;
}

Handle text_type() {
    auto type = own(H5Tcopy(H5T_C_S1), "make a text type");
    require(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
    require(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
    return type;
}

}  // namespace rsasim::files::hdf5
