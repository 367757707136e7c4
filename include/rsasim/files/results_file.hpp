#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include <rsasim/files/errors.hpp>
#include <rsasim/files/for_each.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// Told what a person should know about a file that was read all the same, in one line.
using Notice = std::function<void(const std::string& line)>;

/// Writes the results as HDF5 with a trailer behind it: built in memory, written to a temporary
/// name beside `path`, flushed and renamed, so that an earlier file is either replaced whole or
/// untouched. One thread only, but for what `for_each` compresses; the bytes are the same whichever
/// does. Throws FileError.
void write_results(const summary::Results& results, const std::filesystem::path& path,
                   const ForEach& for_each = for_each_in_order);

/// Writes what another run or a merge goes on from, and nothing that takes judging: no summaries
/// (derived = 0), and `complete` = 0. Does not look at the summaries of the cells, which may be
/// under work meanwhile. As quick and as safe as write_results. Throws FileError.
void write_checkpoint(const summary::Results& results, const std::filesystem::path& path,
                      const ForEach& for_each = for_each_in_order);

/// Bytes of the file that write_results would write. Its axes may stand for more cells than it has.
std::size_t size_of_results(const summary::Results& results,
                            const ForEach& for_each = for_each_in_order);

/// Reads a results file back, after a strict check: of its bytes against its trailer before HDF5
/// sees them, then of names, types, sizes and sums. One thread only. Throws FileError.
summary::Results read_results(const std::filesystem::path& path, const Notice& notice = {});

/// Removes what a process that was killed while it wrote `path` left beside it. To be called by who
/// alone may write there.
void remove_leftovers(const std::filesystem::path& path) noexcept;

/// Fails early, before hours of work: throws FileError unless a file can be made at `path` (its
/// folder exists and can be written). Leaves nothing behind and does not touch an existing file.
void check_writable(const std::filesystem::path& path);

/// results_sha256, in hexadecimal: SHA-256 over the text "<scenario_sha256>\n<seed>\n<rng>\n", then
/// for each integer dataset the text "<path> <length>\n" and its numbers, little-endian: of /tables
/// the int32 cell, x_treated, n_treated, x_control, n_control and, where simulated, the int64
/// count; where simulated also of /state/ledger the int32 cell and the int64 first and last; in
/// this order; at patient level then the int64 /tables/pilot_count, rejections, pilot_rejections
/// and /state/patients/words. A reader in Python that agrees: tests/files/read_with_python.py.
std::string results_digest(const summary::Results& results);

}  // namespace rsasim::files
