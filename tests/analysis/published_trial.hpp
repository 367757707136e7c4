#pragma once

#include <span>
#include <string_view>

#include <rsasim/analysis/catalogue.hpp>

/// The trial with 60/75 against 47/74 events, judged by independent programs.
namespace published_trial {

struct PValue {
    std::string_view test;
    double two_sided;
    double tolerance;
};

struct Limits {
    rsasim::design::Measure measure;
    std::string_view interval;
    double lower;
    double upper;
    double tolerance = 1e-6;
};

std::span<const PValue> p_values();
std::span<const Limits> limits();

}  // namespace published_trial
