#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

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
    static constexpr std::size_t most_endpoints = 32;

    EndpointDecisions(const PatientLayout& layout, const BatchFindings& batch, std::size_t lane);

    [[nodiscard]] bool holds(const TalliedDecision& decision) const;

  private:
    using Endpoints = std::uint32_t;  ///< a bit each
    [[nodiscard]] Endpoints rejected_by(design::Procedure procedure) const;
    [[nodiscard]] Endpoints fixed_sequence() const;
    [[nodiscard]] Endpoints holm() const;
    [[nodiscard]] Endpoints bonferroni() const;

    double alpha_;
    std::size_t size_ = 0;
    std::array<double, most_endpoints> p_values_{};
    Endpoints true_nulls_ = 0;
};

}  // namespace rsasim::tally
