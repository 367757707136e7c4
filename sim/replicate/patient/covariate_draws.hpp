#pragma once

#include "columns.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <rsasim/design/patient_model.hpp>
#include <rsasim/random/address.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::replicate {

/// Rows of a column that are worked on together: they stay in the nearest cache.
inline constexpr std::size_t tile_rows = 64;

/// Which covariates are wanted, by their index: values, and normal scores.
struct WantedCovariates {
    std::vector<bool> values, scores;
};

/// Where the numbers of covariates go, by their index; null: not wanted.
struct CovariateTargets {
    std::vector<double*> values, scores;
};

/// The covariates of one distribution after the other, from addressed words: covariate c from word
/// c % 4 of the block with the draw round * 256 + c / 4.
///
/// Covariates that the correlation matrix leaves alone are drawn from their own quantiles; the
/// others by z' = L z, L the Cholesky factor of the matrix, so that a covariate added at the end
/// changes none before it.
class CovariateDraws {
  public:
    /// Working memory for up to tile_rows rows.
    struct Space {
        std::vector<std::vector<std::uint32_t>> words;  ///< by block
        std::vector<design::Column> raw;                ///< z, by covariate
        design::Column mixed;                           ///< z'
    };

    CovariateDraws(const design::PatientModel& model, const WantedCovariates& wanted);
    [[nodiscard]] Space make_space() const;

    /// Of the tile that begins at `first` (position and replicate): `rows` rows.
    void draw(random::StreamKey key, const random::Address& first, std::size_t rows, Space& space,
              const CovariateTargets& targets) const;
    /// Of chosen places of a tile (see random::fill_places).
    void draw(random::StreamKey key, const random::Address& first,
              std::span<const std::uint32_t> places, Space& space,
              const CovariateTargets& targets) const;

    static constexpr std::uint32_t draws_per_round = 256;

  private:
    struct Source {
        bool is_correlated = false;
        bool wants_raw = false;  ///< a wanted covariate depends on its z
        bool is_line = false;    ///< offset + slope z
        double offset = 0, slope = 1;
        std::optional<QuantileTable> table;
        std::optional<ScoreMap> map;
        WordSteps by_word;
        ScoreSteps by_score;
        std::vector<double> mix;  ///< row of L
    };

    void prepare(const design::PatientModel& model, std::size_t covariate);
    void write(std::size_t rows, Space& space, const CovariateTargets& targets) const;
    void write_direct(std::size_t c, const WordRows& words, std::span<double> out) const;
    void mix(std::size_t c, Space& space, std::size_t size) const;

    std::vector<Source> sources_;
    WantedCovariates wanted_;
    std::vector<bool> blocks_;
};

}  // namespace rsasim::replicate
