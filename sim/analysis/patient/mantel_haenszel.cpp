#include "patient/families.hpp"
#include "patient/margin_test.hpp"
#include "patient/strata_counts.hpp"
#include "patient/wald_finding.hpp"
#include "table/interval_finding.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

using design::lanes;

/// Sums over the strata of one trial, with P = (a + d)/n, Q = (b + c)/n, R = ad/n, S = bc/n.
struct StrataSums {
    double excess = 0;    ///< sum of a - n1 m/n: events of the treated arm above expectation
    double variance = 0;  ///< sum of n1 n0 m (n - m) / (n^2 (n - 1))
    double r = 0, s = 0, pr = 0, ps_and_qr = 0, qs = 0;

    /// Strata that lack an arm say nothing, and add nothing.
    void add(const Cells& cells) {
        const double n1 = cells.n_treated(), n0 = cells.n_control();
        if (n1 == 0 || n0 == 0) return;
        const auto [a, b, c, d] = cells;
        const double n = n1 + n0, share = 1 / n;
        const double P = (a + d) * share, Q = (b + c) * share;
        const double R = a * d * share, S = b * c * share;
        excess += cells.determinant() * share;
        variance += n1 * n0 * cells.events() * cells.non_events() * (share * share) / (n - 1);
        r += R;
        s += S;
        pr += P * R;
        ps_and_qr += P * S + Q * R;
        qs += Q * S;
    }

    /// Of the log odds ratio (Robins, Breslow & Greenland 1986, eq. 3).
    [[nodiscard]] double log_variance() const {
        return pr / (2 * r * r) + ps_and_qr / (2 * r * s) + qs / (2 * s * s);
    }
};

/// Taken off an absolute excess that is at least as large. Excesses of exactly 1/2 are common (arms
/// of one size), and sums over the strata round.
constexpr double correction = 0.5, correction_rounding = 1e-9;

/// What the corrected test takes off: nothing of an excess below 1/2, as R's mantelhaen.test.
double correction_of(double absolute_excess) {
    return absolute_excess >= correction - correction_rounding ? correction : 0;
}

/// The chi-square, `taken_off` the absolute excess, and P-values from its signed root.
void set_chi_square_test(Finding& finding, const StrataSums& sums, double taken_off) {
    const double excess = std::max(0.0, std::abs(sums.excess) - taken_off);
    const double z = std::copysign(excess / std::sqrt(sums.variance), sums.excess);
    const Finding test = signed_root_finding(z * z, z > 0);
    finding.statistic = test.statistic;
    finding.p_value = test.p_value;
}

/// The common odds ratio R / S and its interval.
Finding common_odds_ratio(const StrataSums& sums, double z) {
    Finding finding = uninformative_ratio();
    if (sums.r == 0 && sums.s == 0) return finding;
    finding.estimate = sums.r / sums.s;
    if (sums.r == 0 || sums.s == 0) return finding;
    finding.standard_error = std::sqrt(sums.log_variance());
    const double factor = math::portable_exp(z * finding.standard_error);
    finding.status = Status::ok;
    finding.interval = {finding.estimate / factor, finding.estimate * factor};
    return finding;
}

class MantelHaenszel : public PatientAnalysis {
  public:
    MantelHaenszel(PatientChoices choices, const PatientSetting& setting)
        : counts_(setting.strata),
          z_(math::two_sided_normal_quantile(setting.confidence)),
          null_(null_of(setting, design::Measure::conditional_odds_ratio)) {
        for (const design::PatientChoice& choice : choices)
            is_corrected_.push_back(choice.id == "mantel-haenszel-corrected" ? 1 : 0);
    }

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        counts_.count(columns, columns.stratum);
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            StrataSums sums;
            for (std::size_t stratum = 0; stratum < counts_.strata(); ++stratum)
                sums.add(counts_.cells(stratum, lane));
            for (std::size_t k = 0; k < is_corrected_.size(); ++k) {
                findings[k * lanes + lane] =
                    is_corrected_[k] != 0 ? corrected_test(sums) : estimate_and_test(sums);
            }
        }
    }

  private:
    static Finding corrected_test(const StrataSums& sums) {
        if (sums.variance == 0) return degenerate_finding();
        Finding finding;
        finding.status = Status::ok;
        set_chi_square_test(finding, sums, correction_of(std::abs(sums.excess)));
        return finding;
    }

    [[nodiscard]] Finding estimate_and_test(const StrataSums& sums) const {
        Finding finding = common_odds_ratio(sums, z_);
        if (sums.variance == 0) return finding;
        if (null_ == 1) {
            set_chi_square_test(finding, sums, 0);
        } else if (finding.status == Status::ok) {
            set_wald_test(finding, null_);
        }
        return finding;
    }

    StrataCounts counts_;
    double z_;
    double null_;
    std::vector<char> is_corrected_;  ///< by choice
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_mantel_haenszel(PatientChoices choices,
                                                         const PatientSetting& setting) {
    return std::make_unique<MantelHaenszel>(choices, setting);
}

}  // namespace rsasim::analysis
