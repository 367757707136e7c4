#include "patient/families.hpp"
#include "patient/margin_test.hpp"
#include "patient/mean_tests.hpp"
#include "patient/rank_sum.hpp"

#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace rsasim::analysis {

namespace {

using design::lanes;

enum class BiomarkerTest { welch, mann_whitney, ancova };

struct BiomarkerMethod {
    BiomarkerTest kind;
    std::size_t endpoint;
};

BiomarkerMethod method_of(const design::PatientChoice& choice) {
    if (!choice.endpoint) {
        throw std::invalid_argument(fmt::format("\"{}\" needs a biomarker", choice.id));
    }
    const BiomarkerTest kind = choice.id == "welch"          ? BiomarkerTest::welch
                               : choice.id == "mann-whitney" ? BiomarkerTest::mann_whitney
                                                             : BiomarkerTest::ancova;
    return {kind, *choice.endpoint};
}

class BiomarkerAnalysis : public PatientAnalysis {
  public:
    BiomarkerAnalysis(PatientChoices choices, const PatientSetting& setting)
        : null_(null_of(setting, design::Measure::mean_difference)),
          quantile_(setting.confidence),
          welch_quantile_(setting.confidence),
          rank_sum_(setting.women) {
        for (const design::PatientChoice& choice : choices)
            methods_.push_back(method_of(choice));
    }

    void analyse(const design::PatientColumns& columns, std::span<Finding> findings) override {
        for (std::size_t k = 0; k < methods_.size(); ++k)
            analyse(columns, methods_[k], findings.subspan(k * lanes, lanes));
    }

  private:
    void analyse(const design::PatientColumns& columns, const BiomarkerMethod& method,
                 std::span<Finding> findings) {
        const double* const y = columns.biomarkers[method.endpoint];
        if (method.kind == BiomarkerTest::mann_whitney) {
            for (std::size_t lane = 0; lane < columns.live; ++lane)
                findings[lane] = rank_sum_.judge(columns, y, lane);
            return;
        }
        const bool is_ancova = method.kind == BiomarkerTest::ancova;
        const double* const x = is_ancova ? columns.baselines[method.endpoint] : nullptr;
        const auto moments = biomarker_moments(columns, y, x);
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            findings[lane] = !is_ancova     ? welch_finding(moments[lane], null_, welch_quantile_)
                             : x == nullptr ? pooled_finding(moments[lane], null_, quantile_)
                                            : ancova_finding(moments[lane], null_, quantile_);
        }
    }

    double null_;
    StudentQuantile quantile_, welch_quantile_;
    RankSum rank_sum_;
    std::vector<BiomarkerMethod> methods_;
};

}  // namespace

std::unique_ptr<PatientAnalysis> prepare_biomarker(PatientChoices choices,
                                                   const PatientSetting& setting) {
    return std::make_unique<BiomarkerAnalysis>(choices, setting);
}

}  // namespace rsasim::analysis
