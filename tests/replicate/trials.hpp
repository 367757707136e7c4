#pragma once

#include <memory>

#include <rsasim/design/design.hpp>

/// A design without analyses.
inline rsasim::design::Design trial_of(rsasim::design::ArmSizes sizes,
                                       rsasim::design::Rates rates) {
    static const auto no_analysis = std::make_shared<const rsasim::design::AnalysisPlan>();
    return {sizes, rates, no_analysis};
}
