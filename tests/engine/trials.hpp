#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/tally/table_rows.hpp>

/// A design without analyses.
inline rsasim::design::Design trial_of(rsasim::design::ArmSizes sizes,
                                       rsasim::design::Rates rates) {
    static const auto no_analysis = std::make_shared<const rsasim::design::AnalysisPlan>();
    return {sizes, rates, no_analysis};
}

template <class Weight>
bool same_rows(const std::vector<rsasim::tally::TableRow<Weight>>& a,
               const std::vector<rsasim::tally::TableRow<Weight>>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.table() == y.table() && x.weight == y.weight;
    });
}
