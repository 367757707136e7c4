#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <rsasim/analysis/jeffreys_fit.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/random/word_source.hpp>

namespace rsasim::resample {

/// What one arm's observed women say about the outcomes of its others, and draws of it.
class ArmModel {
  public:
    ArmModel(std::size_t most_women, std::size_t features);

    /// The women of `lane` in the arm who have a weight.
    analysis::FitStatus learn(const design::PatientColumns& columns, std::size_t lane,
                              bool is_treated);
    /// Draws what is unknown about the arm: its rate, or the coefficients. The log odds are moved
    /// by `delta`.
    void draw(random::WordSource& words, double delta);
    /// Probability that a woman with these features (place in the columns) has the event.
    [[nodiscard]] double probability(const design::PatientColumns& columns,
                                     std::size_t place) const;

  private:
    std::size_t features_;
    double events_ = 0, others_ = 0;
    analysis::JeffreysFit fit_;
    std::vector<double> row_;
    std::vector<double> drawn_;  ///< coefficients
    double rate_ = 0;            ///< without features
};

}  // namespace rsasim::resample
