#pragma once

#include "covariate_draws.hpp"
#include "linear_predictor.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/design/patient_model.hpp>

namespace rsasim::replicate {

/// A tile of women after allocation. Columns begin at its first row.
struct TileOfWomen {
    std::size_t first_woman = 0;
    std::size_t rows = 0;
    CovariateColumns covariates, scores;
    double* treated = nullptr;
    double* takes = nullptr;     ///< equal to treated where all adhere
    double* adherent = nullptr;  ///< null where all adhere
    double* guess = nullptr;     ///< null where nobody guesses
    double* passed = nullptr;
    double* outcome = nullptr;
    double* observed = nullptr;  ///< null where all are
    std::vector<double*> biomarkers;

    [[nodiscard]] std::size_t size() const { return rows * design::lanes; }
};

/// Working memory of what happens after allocation.
struct AfterSpace {
    std::vector<std::uint32_t> words = std::vector<std::uint32_t>(tile_rows * design::lanes);
    design::Column shared = design::Column(tile_rows * design::lanes);
    design::Column eta = design::Column(tile_rows * design::lanes);
    design::Column gain = design::Column(tile_rows * design::lanes);
    design::Column centre_effects;  ///< by centre
};

/// The trials that are under way.
struct Drawing {
    random::StreamKey key;
    std::uint64_t first_replicate = 0;
};

/// The words of a purpose for the women of a tile: block position = woman / 4, word = woman % 4.
WordRows words_of_women(const Drawing& drawing, random::Purpose purpose, std::uint32_t draw,
                        const TileOfWomen& tile, AfterSpace& space);

/// Who takes what, how far she comes, and whether it is known.
class Pathway {
  public:
    Pathway(const design::PatientModel& model, std::size_t women);

    /// Draws the effects of the centres; before the tiles of each batch.
    void start(const Drawing& drawing, AfterSpace& space) const;
    void follow(const Drawing& drawing, TileOfWomen& tile, AfterSpace& space) const;

  private:
    struct Step {
        LinearPredictor base, gain;
    };
    void adhere(const Drawing& drawing, TileOfWomen& tile, AfterSpace& space) const;
    void share(const TileOfWomen& tile, AfterSpace& space) const;
    void pass(const Drawing& drawing, const TileOfWomen& tile, AfterSpace& space) const;
    void drop_out(const Drawing& drawing, const TileOfWomen& tile, AfterSpace& space) const;

    design::PatientModel model_;
    std::vector<Step> steps_;
    LinearPredictor adherence_, dropout_;
    std::size_t women_;
    bool shares_ = false;  ///< something is added to all stages
};

/// Draws biomarkers after treatment.
class BiomarkerDraws {
  public:
    BiomarkerDraws(const std::vector<design::Biomarker>& biomarkers,
                   const std::vector<bool>& wanted)
        : biomarkers_(biomarkers), wanted_(wanted) {}
    void draw(const Drawing& drawing, const TileOfWomen& tile, AfterSpace& space) const;

  private:
    std::vector<design::Biomarker> biomarkers_;
    std::vector<bool> wanted_;
};

}  // namespace rsasim::replicate
