#pragma once

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <hdf5.h>

namespace rsasim::files::hdf5 {

/// HDF5 refused: what was tried, and the library's own words.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Keeps HDF5 from printing its error stack while it lives; Error carries the words instead.
class QuietErrors {
  public:
    QuietErrors();
    ~QuietErrors();
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
    QuietErrors(QuietErrors&&) = delete;
    QuietErrors& operator=(QuietErrors&&) = delete;

  private:
    H5E_auto2_t printer_ = nullptr;
    void* printer_data_ = nullptr;
};

/// An HDF5 identifier of any kind, released on destruction.
class Handle {
  public:
    Handle() = default;
    explicit Handle(hid_t id) : id_(id) {}
    ~Handle() { reset(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, no_id)) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, no_id);
        }
        return *this;
    }

    [[nodiscard]] hid_t id() const { return id_; }
    /// Gives the identifier away, to be closed by hand where the closing can fail.
    [[nodiscard]] hid_t release() { return std::exchange(id_, no_id); }

  private:
    static constexpr hid_t no_id = -1;
    void reset() noexcept;

    hid_t id_ = no_id;
};

/// Takes over an identifier that HDF5 returned. Throws Error where it is negative.
/// `action` completes "HDF5 could not ...".
Handle own(hid_t id, std::string_view action);

/// Throws Error where HDF5 returned a negative status; gives back a status that is not.
int require(int status, std::string_view action);

/// The types of numbers in a results file: little-endian in the file, native in memory.
template <class Number>
struct NumberType;

template <>
struct NumberType<std::int8_t> {
    static hid_t in_file() { return H5T_STD_I8LE; }
    static hid_t in_memory() { return H5T_NATIVE_INT8; }
};
template <>
struct NumberType<std::int32_t> {
    static hid_t in_file() { return H5T_STD_I32LE; }
    static hid_t in_memory() { return H5T_NATIVE_INT32; }
};
template <>
struct NumberType<std::int64_t> {
    static hid_t in_file() { return H5T_STD_I64LE; }
    static hid_t in_memory() { return H5T_NATIVE_INT64; }
};
template <>
struct NumberType<double> {
    static hid_t in_file() { return H5T_IEEE_F64LE; }
    static hid_t in_memory() { return H5T_NATIVE_DOUBLE; }
};

/// Variable-length UTF-8.
Handle text_type();

}  // namespace rsasim::files::hdf5
