#pragma once

#include "covariate_draws.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/design/patient_model.hpp>

namespace rsasim::replicate {

/// Replaces the women who may not enter by those screened after them: a woman's place is drawn
/// again with the next round until she who comes may enter.
class Screening {
  public:
    struct Space {
        std::vector<std::uint32_t> pending;  ///< places that still wait
        std::vector<design::Column> values, scores;
        CovariateTargets targets;
        design::Column any, eligible;
    };

    /// Of trials of this many women. The draws must give every covariate that the rules read.
    Screening(const design::Eligibility& rules, const CovariateDraws& draws,
              const WantedCovariates& wanted, std::size_t women);

    [[nodiscard]] bool admits_all() const { return rules_.clauses.empty(); }
    [[nodiscard]] Space make_space() const;

    /// Screens the women of the replicates first, ..., first + 7, whose columns hold those drawn in
    /// round 0; adds the women seen later to screened[lane]. Throws std::runtime_error where
    /// most_screened women do not fill a place.
    void screen(random::StreamKey key, std::uint64_t first, const CovariateTargets& women,
                Space& space, CovariateDraws::Space& draw_space, std::span<double> screened) const;

  private:
    void mark(const CovariateTargets& columns, std::size_t first_row, std::size_t rows,
              Space& space) const;
    void list_first(const CovariateTargets& women, Space& space) const;
    std::size_t settle(std::span<const std::uint32_t> places, const CovariateTargets& women,
                       Space& space, std::size_t kept) const;

    design::Eligibility rules_;
    const CovariateDraws& draws_;
    WantedCovariates wanted_;
    std::size_t women_;
};

}  // namespace rsasim::replicate
