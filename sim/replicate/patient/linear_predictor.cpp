#include "linear_predictor.hpp"

namespace rsasim::replicate {

LinearPredictor::LinearPredictor(double intercept, const std::vector<design::Term>& terms)
    : intercept_(intercept) {
    for (const design::Term& term : terms) {
        if (term.feature.comparison != design::Comparison::none) {
            steps_.push_back(term);
            continue;
        }
        const double slope = term.log_odds / term.feature.unit;
        lines_.push_back({term.feature.covariate, slope});
        intercept_ -= slope * term.feature.centre;
    }
}

void LinearPredictor::set(const CovariateColumns& covariates, std::span<double> out) const {
    if (lines_.empty()) {
        set_all(intercept_, out);
        add_terms(covariates, 0, out);
        return;
    }
    set_line(intercept_, lines_[0].slope, covariates[lines_[0].covariate], out);
    add_terms(covariates, 1, out);
}

void LinearPredictor::add(const CovariateColumns& covariates, std::span<double> sum) const {
    for (double& x : sum)
        x += intercept_;
    add_terms(covariates, 0, sum);
}

void LinearPredictor::add_terms(const CovariateColumns& covariates, std::size_t first_line,
                                std::span<double> sum) const {
    for (std::size_t k = first_line; k < lines_.size(); ++k)
        add_product(lines_[k].slope, covariates[lines_[k].covariate], sum);
    for (const design::Term& step : steps_)
        add_where(step.feature, step.log_odds, covariates[step.feature.covariate], sum);
}

}  // namespace rsasim::replicate
