// A good results file, edited through HDF5 as another program might: objects removed, replaced by
// others, linked elsewhere, numbers and attributes changed. Where only its digest gives the edit
// away, the digest is mended and the file read again, so that the strict check is what refuses.
#include "edits.hpp"
#include "file_identity.hpp"
#include "files/sample_results.hpp"
#include "reading.hpp"
#include "state_columns.hpp"
#include "trailer.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

using namespace rsasim;

namespace {

std::vector<std::byte> image_of(const summary::Results& results) {
    const auto path =
        std::filesystem::temp_directory_path() / fmt::format("rsasim-fuzz-{}", getpid());
    files::write_results(results, path);
    auto image = files::check_file(path).image;
    std::filesystem::remove(path);
    return image;
}

/// A finished sweep, an enumeration, and a shard of women.
summary::Results women() {
    auto results = sample::single_cell(summary::Engine::simulation);
    results.is_derived = false;
    results.is_complete = false;
    results.rejection_labels = {"logistic", "g-computation"};
    for (auto& cell : results.cells) {
        const auto rows = std::get<tally::TableCounts>(cell.tables).size();
        cell.patient_words = {3, -1, std::int64_t{1} << 62};
        cell.pilot.assign(rows, 0);
        cell.rejections.assign(2 * rows, 1);
        cell.pilot_rejections.assign(2 * rows, 0);
    }
    return results;
}

const std::vector<std::vector<std::byte>>& bases() {
    static const std::vector<std::vector<std::byte>> images{
        image_of(sample::sweep(summary::Engine::simulation)),
        image_of(sample::single_cell(summary::Engine::enumeration)), image_of(women())};
    return images;
}

/// The digest that the integers of an image have.
std::string actual_digest(const std::vector<std::byte>& image) {
    const files::hdf5::Reader file(image);
    return files::read_columns(file, files::read_identity(file)).results_sha256;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    FuzzedDataProvider input(bytes, size);
    const files::hdf5::QuietErrors quiet;
    auto image = bases()[input.ConsumeIntegralInRange<std::size_t>(0, bases().size() - 1)];
    image = fuzz::edited(image, input);
    const auto words = fuzz::refused_or([&] { fuzz::read_and_show(image); });
    if (words.find("results_sha256") == std::string::npos) return 0;
    fuzz::refused_or([&] {
        image = fuzz::with_digest(image, actual_digest(image));
        fuzz::read_and_show(image);
    });
    return 0;
}
