#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/tally/patient_tally.hpp>

namespace rsasim::tally {

/// What the procedures for several endpoints decide about one trial. An endpoint without a P-value
/// is not rejected and stops the fixed sequence.
///
/// fixed sequence: endpoints in order, each at alpha, until one is not rejected (Maurer, Hothorn &
/// Lehmacher 1995). Holm: the k smallest P-values against alpha / m, alpha / (m - 1), ... until one
/// is not rejected (Holm 1979, doi:10.2307/4615733). Bonferroni: each at alpha / m.
class EndpointDecisions {
  public:
    EndpointDecisions(const PatientLayout& layout, const BatchFindings& batch, std::size_t lane);

    [[nodiscard]] bool holds(const TalliedDecision& decision) const;

  private:
    using Rejected = std::vector<bool>;
    [[nodiscard]] Rejected rejected_by(design::Procedure procedure) const;
    [[nodiscard]] Rejected fixed_sequence() const;
    [[nodiscard]] Rejected holm() const;
    [[nodiscard]] Rejected bonferroni() const;

    double alpha_;
    std::vector<double> p_values_;
    std::vector<bool> is_null_;
};

}  // namespace rsasim::tally
