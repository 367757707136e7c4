#include "file_identity.hpp"
#include "state_reader.hpp"
#include "stored_provenance.hpp"
#include "trailer.hpp"

#include <fmt/format.h>

#include <rsasim/files/stored_state.hpp>

namespace rsasim::files {

StoredState read_stored_state(const std::filesystem::path& path, const Notice& notice) {
    const hdf5::QuietErrors quiet;
    try {
        const auto checked = check_file(path);
        tell_of_missing_trailer(checked, path, notice);
        const hdf5::Reader file(checked.image);
        const auto identity = read_identity(file);
        auto state = read_state(file, identity);
        return {identity, std::move(state.cells), std::move(state.rejection_labels),
                read_provenance(file), checked.sha256};
    } catch (const hdf5::Error& error) {
        throw FileError(fmt::format("{}: {}", path.string(), error.what()));
    }
}

}  // namespace rsasim::files
