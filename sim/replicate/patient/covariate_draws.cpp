#include "covariate_draws.hpp"

#include "steps.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/random/tiles.hpp>

namespace rsasim::replicate {

namespace {

using design::Family;

/// Row by row; the matrix is positive definite.
std::vector<std::vector<double>> cholesky(const std::vector<double>& matrix, std::size_t n) {
    std::vector<std::vector<double>> factor(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                rest -= factor[i][k] * factor[j][k];
            factor[i].push_back(i == j ? std::sqrt(rest) : rest / factor[j][j]);
        }
    }
    return factor;
}

bool is_correlated(const design::PatientModel& model, std::size_t c) {
    if (model.correlation.empty()) return false;
    const std::size_t n = model.covariates.size();
    for (std::size_t other = 0; other < n; ++other)
        if (other != c && model.correlation[c * n + other] != 0) return true;
    return false;
}

double value_of(const design::Distribution& d, const QuantileTable::Tail& tail) {
    const double score = math::normal_upper_quantile(tail.probability);
    return design::value_at_score(d, tail.is_upper ? score : -score);
}

struct Ends {
    double lower, upper;
};

/// The smallest and the largest value of a continuous covariate.
Ends ends_of(const design::Distribution& d) {
    Ends ends{d.lower, d.upper};
    if (d.family == Family::gamma || d.family == Family::beta || d.family == Family::log_normal)
        ends.lower = std::max(ends.lower, 0.0);
    if (d.family == Family::beta) ends.upper = std::min(ends.upper, 1.0);
    if (d.family == Family::uniform)
        ends = {std::max(ends.lower, d.first), std::min(ends.upper, d.second)};
    return {ends.lower + d.shift, ends.upper + d.shift};
}

bool is_whole_normal(const design::Distribution& d) {
    return d.family == Family::normal && std::isinf(d.lower) && std::isinf(d.upper);
}

}  // namespace

CovariateDraws::CovariateDraws(const design::PatientModel& model, const WantedCovariates& wanted)
    : sources_(model.covariates.size()), wanted_(wanted), blocks_((sources_.size() + 3) / 4) {
    std::vector<std::vector<double>> factor;
    if (!model.correlation.empty()) factor = cholesky(model.correlation, sources_.size());
    for (std::size_t c = 0; c < sources_.size(); ++c) {
        if (!wanted.values[c] && !wanted.scores[c]) continue;
        sources_[c].is_correlated = is_correlated(model, c);
        if (sources_[c].is_correlated) {
            sources_[c].mix = factor[c];
            for (std::size_t j = 0; j <= c; ++j)
                if (factor[c][j] != 0) sources_[j].wants_raw = true;
        }
        blocks_[c / 4] = true;
        if (wanted.values[c]) prepare(model, c);
    }
    for (std::size_t c = 0; c < sources_.size(); ++c)
        if (sources_[c].wants_raw) blocks_[c / 4] = true;
}

void CovariateDraws::prepare(const design::PatientModel& model, std::size_t covariate) {
    const design::Distribution& d = model.covariates[covariate].distribution;
    Source& source = sources_[covariate];
    if (design::is_discrete(d.family)) {
        if (source.is_correlated) {
            source.by_score = steps_of_scores(d);
        } else {
            source.by_word = steps_of_words(d);
        }
        return;
    }
    const auto [lower, upper] = ends_of(d);
    if (is_whole_normal(d)) {
        source.is_line = true;
        source.offset = d.first + d.shift;
        source.slope = d.second;
    } else if (source.is_correlated) {
        source.map.emplace([&d](double z) { return design::value_at_score(d, z); }, lower, upper);
    } else {
        source.table.emplace([&d](const QuantileTable::Tail& tail) { return value_of(d, tail); },
                             lower, upper);
    }
}

CovariateDraws::Space CovariateDraws::make_space() const {
    Space space;
    space.words.resize(blocks_.size());
    space.raw.resize(sources_.size());
    for (std::size_t block = 0; block < blocks_.size(); ++block)
        if (blocks_[block]) space.words[block].resize(tile_rows * random::tile_row);
    for (std::size_t c = 0; c < sources_.size(); ++c)
        space.raw[c].resize(tile_rows * design::lanes);
    space.mixed.resize(tile_rows * design::lanes);
    return space;
}

void CovariateDraws::draw(random::StreamKey key, const random::Address& first, std::size_t rows,
                          Space& space, const CovariateTargets& targets) const {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        if (!blocks_[block]) continue;
        random::Address address = first;
        address.draw += static_cast<std::uint32_t>(block);
        random::fill_tile(key, address,
                          std::span(space.words[block]).first(rows * random::tile_row));
    }
    write(rows, space, targets);
}

void CovariateDraws::draw(random::StreamKey key, const random::Address& first,
                          std::span<const std::uint32_t> places, Space& space,
                          const CovariateTargets& targets) const {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        if (!blocks_[block]) continue;
        random::Address address = first;
        address.draw += static_cast<std::uint32_t>(block);
        random::fill_places(key, address, places,
                            std::span(space.words[block]).first(places.size() * 4));
    }
    write(places.size() / design::lanes, space, targets);
}

void CovariateDraws::write(std::size_t rows, Space& space, const CovariateTargets& targets) const {
    const std::size_t size = rows * design::lanes;
    const auto words_of = [&](std::size_t c) {
        return WordRows{space.words[c / 4].data() + c % 4 * design::lanes, random::tile_row};
    };
    for (std::size_t c = 0; c < sources_.size(); ++c) {
        const Source& source = sources_[c];
        const bool is_direct_line = source.is_line && !source.is_correlated;
        if (source.wants_raw || is_direct_line || (wanted_.scores[c] && !source.is_correlated))
            look_up(normal_scores(), words_of(c), std::span(space.raw[c]).first(size));
    }
    for (std::size_t c = 0; c < sources_.size(); ++c) {
        const Source& source = sources_[c];
        if (!wanted_.values[c] && !wanted_.scores[c]) continue;
        const double* scores = space.raw[c].data();
        if (source.is_correlated) {
            mix(c, space, size);
            scores = space.mixed.data();
        }
        if (targets.scores[c] != nullptr) std::copy_n(scores, size, targets.scores[c]);
        if (targets.values[c] == nullptr) continue;
        const std::span<double> out(targets.values[c], size);
        if (source.is_line) {
            set_line(source.offset, source.slope, scores, out);
        } else if (source.map) {
            map_scores(*source.map, scores, out);
        } else if (source.is_correlated) {
            step_by_score(source.by_score, scores, out);
        } else {
            write_direct(c, words_of(c), out);
        }
    }
}

void CovariateDraws::write_direct(std::size_t c, const WordRows& words,
                                  std::span<double> out) const {
    if (sources_[c].table) {
        look_up(*sources_[c].table, words, out);
    } else {
        step_by_word(sources_[c].by_word, words, out);
    }
}

void CovariateDraws::mix(std::size_t c, Space& space, std::size_t size) const {
    const std::span<double> mixed = std::span(space.mixed).first(size);
    set_all(0, mixed);
    for (std::size_t j = 0; j <= c; ++j)
        if (sources_[c].mix[j] != 0) add_product(sources_[c].mix[j], space.raw[j].data(), mixed);
}

}  // namespace rsasim::replicate
