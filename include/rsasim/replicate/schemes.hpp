#pragma once

#include <span>
#include <string_view>

#include <rsasim/design/allocation.hpp>

namespace rsasim::replicate {

/// One randomisation scheme. Everything the program knows about it by name is here.
struct SchemeRow {
    design::Scheme scheme;
    std::string_view name;   ///< as design::name_of
    bool has_ratio;          ///< others than 1:1 are allowed
    bool is_sequential;      ///< the first women of a larger trial get the same arms
    bool looks_at_women;     ///< at the factors of `strata`, which it needs
    std::string_view reads;  ///< its parameters, members of design::Allocation; empty: none
    std::string_view definition;
    std::string_view citation;
    std::string_view doi;
};

/// All rows, in the order of design::Scheme.
std::span<const SchemeRow> schemes();

/// The row of a name, or a null pointer.
const SchemeRow* find_scheme(std::string_view name);

}  // namespace rsasim::replicate
