#include "columns.hpp"

#include <bit>
#include <span>

#include <fmt/format.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::files {

static_assert(std::endian::native == std::endian::little,
              "the digest is over little-endian numbers and takes them from memory");

std::string start_of_digest(const std::string& scenario_sha256, std::uint64_t seed,
                            const std::string& rng) {
    return fmt::format("{}\n{}\n{}\n", scenario_sha256, seed, rng);
}

std::string results_digest(const summary::Results& results) {
    digest::Sha256 message;
    message.add(start_of_digest(results.scenario_sha256, results.seed, results.rng));
    for_each_integer_column(results, [&](const char* name, const auto& column) {
        message.add(fmt::format("{} {}\n", name, column.size()));
        column.for_each_piece([&](auto piece) { message.add(std::as_bytes(piece)); });
    });
    return digest::to_hex(message.finish());
}

}  // namespace rsasim::files
