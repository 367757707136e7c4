#pragma once

#include <span>
#include <string_view>

#include <rsasim/analysis/catalogue.hpp>

/// How the keys of tests/reference/reference.json name our methods.
namespace reference_keys {

enum class Part { statistic, two_sided, greater, less, interval, estimate };

struct Key {
    std::string_view kind;
    std::string_view key;
    rsasim::analysis::Role role;
    rsasim::design::Measure measure;
    std::string_view id;
    Part part;
};

/// A key may stand for several methods.
std::span<const Key> keys();

/// Keys of definitions that are deliberately not in the catalogue.
bool is_foreign(std::string_view key);

}  // namespace reference_keys
