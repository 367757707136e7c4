#include "pathway.hpp"

#include <cmath>

#include <rsasim/random/philox.hpp>
#include <rsasim/random/tiles.hpp>

namespace rsasim::replicate {

WordRows words_of_women(const Drawing& drawing, random::Purpose purpose, std::uint32_t draw,
                        const TileOfWomen& tile, AfterSpace& space) {
    const random::Address first{purpose, drawing.first_replicate,
                                static_cast<std::uint32_t>(tile.first_woman / 4), draw};
    const std::size_t blocks = (tile.rows + 3) / 4;
    random::fill_tile(drawing.key, first, std::span(space.words).first(blocks * random::tile_row));
    return {space.words.data(), random::tile_replicates};
}

Pathway::Pathway(const design::PatientModel& model, std::size_t women)
    : model_(model), women_(women) {
    static_assert(tile_rows % 4 == 0, "the women of a tile must fill whole blocks");
    for (const design::Stage& stage : model.stages) {
        steps_.push_back({LinearPredictor(stage.intercept, stage.effects),
                          LinearPredictor(stage.treatment, stage.interactions)});
    }
    if (model.adherence) adherence_ = LinearPredictor(0, model.adherence->effects);
    if (model.dropout) dropout_ = LinearPredictor(0, model.dropout->effects);
    shares_ = model.centres || model.time_trend != 0 || model.selection_bias != 0;
}

// The effect of a centre: word 0 of the block at the centre's position.
void Pathway::start(const Drawing& drawing, AfterSpace& space) const {
    if (!model_.centres) return;
    const auto& levels = model_.covariates[model_.centres->covariate].distribution.probabilities;
    space.centre_effects.resize(levels.size() * design::lanes);
    for (std::size_t i = 0; i < space.centre_effects.size(); ++i) {
        const random::Block block = random::block_at(
            drawing.key, {random::Purpose::accrual, drawing.first_replicate + i % design::lanes,
                          static_cast<std::uint32_t>(i / design::lanes), 0});
        space.centre_effects[i] = model_.centres->sd * normal_scores()(block[0]);
    }
}

void Pathway::follow(const Drawing& drawing, TileOfWomen& tile, AfterSpace& space) const {
    adhere(drawing, tile, space);
    if (shares_) share(tile, space);
    pass(drawing, tile, space);
    drop_out(drawing, tile, space);
}

void Pathway::adhere(const Drawing& drawing, TileOfWomen& tile, AfterSpace& space) const {
    if (!model_.adherence) return;
    const std::span<double> eta = std::span(space.eta).first(tile.size());
    choose(tile.treated, model_.adherence->treated_log_odds, model_.adherence->control_log_odds,
           eta);
    adherence_.add(tile.covariates, eta);
    const auto words = words_of_women(drawing, random::Purpose::adherence, 0, tile, space);
    draw_events(eta.data(), words, {tile.adherent, tile.size()});
    set_agreement(tile.treated, tile.adherent, {tile.takes, tile.size()});
}

// What a woman's centre, her entry and the investigator's guess add to the log odds of all stages.
void Pathway::share(const TileOfWomen& tile, AfterSpace& space) const {
    const double last = women_ > 1 ? static_cast<double>(women_ - 1) : 1;
    for (std::size_t row = 0; row < tile.rows; ++row) {
        const double entry = static_cast<double>(tile.first_woman + row) / last - 0.5;
        const double trend = women_ > 1 ? model_.time_trend * entry : 0;
        for (std::size_t lane = 0; lane < design::lanes; ++lane) {
            const std::size_t i = row * design::lanes + lane;
            double sum = trend;
            if (model_.centres) {
                const double centre = tile.covariates[model_.centres->covariate][i];
                sum +=
                    space.centre_effects[static_cast<std::size_t>(centre) * design::lanes + lane];
            }
            if (tile.guess != nullptr) sum += model_.selection_bias * (2 * tile.guess[i] - 1);
            space.shared[i] = sum;
        }
    }
}

void Pathway::pass(const Drawing& drawing, const TileOfWomen& tile, AfterSpace& space) const {
    const std::span<double> passed(tile.passed, tile.size());
    const std::span<double> eta = std::span(space.eta).first(tile.size());
    set_all(0, passed);
    for (std::size_t k = 0; k < steps_.size(); ++k) {
        const auto& [base, gain] = steps_[k];
        base.set(tile.covariates, eta);
        if (shares_) add_product(1, space.shared.data(), eta);
        StageColumns columns{eta.data(), tile.takes, nullptr, gain.intercept()};
        if (!gain.is_constant()) {
            gain.set(tile.covariates, std::span(space.gain).first(tile.size()));
            columns.gain = space.gain.data();
        }
        const auto words = words_of_women(drawing, random::Purpose::outcomes,
                                          static_cast<std::uint32_t>(k), tile, space);
        pass_stage(static_cast<double>(k), columns, words, passed);
    }
    design::Feature all_passed;
    all_passed.comparison = design::Comparison::equal;
    all_passed.threshold = static_cast<double>(steps_.size());
    set_feature(all_passed, tile.passed, {tile.outcome, tile.size()});
}

void Pathway::drop_out(const Drawing& drawing, const TileOfWomen& tile, AfterSpace& space) const {
    if (!model_.dropout) return;
    const auto& [treated, control, effects] = *model_.dropout;
    const std::span<double> eta = std::span(space.eta).first(tile.size());
    const std::span<double> with_event = std::span(space.gain).first(tile.size());
    choose(tile.treated, treated.log_odds, control.log_odds, eta);
    choose(tile.treated, treated.log_odds + treated.outcome_log_odds_ratio,
           control.log_odds + control.outcome_log_odds_ratio, with_event);
    choose_from(tile.outcome, with_event.data(), eta);
    dropout_.add(tile.covariates, eta);
    const auto words = words_of_women(drawing, random::Purpose::drop_out, 0, tile, space);
    const std::span<double> observed(tile.observed, tile.size());
    draw_events(eta.data(), words, observed);
    set_line(1, -1, tile.observed, observed);
}

void BiomarkerDraws::draw(const Drawing& drawing, const TileOfWomen& tile,
                          AfterSpace& space) const {
    const std::span<double> noise = std::span(space.eta).first(tile.size());
    for (std::size_t k = 0; k < biomarkers_.size(); ++k) {
        if (!wanted_[k]) continue;
        const design::Biomarker& marker = biomarkers_[k];
        const double r = marker.baseline ? marker.correlation : 0;
        const auto words = words_of_women(drawing, random::Purpose::biomarkers,
                                          static_cast<std::uint32_t>(k), tile, space);
        look_up(normal_scores(), words, noise);
        const std::span<double> y(tile.biomarkers[k], tile.size());
        set_line(marker.mean, marker.sd * std::sqrt((1 - r) * (1 + r)), noise.data(), y);
        if (r != 0) add_product(marker.sd * r, tile.scores[*marker.baseline], y);
        if (marker.treatment_shift != 0) add_product(marker.treatment_shift, tile.takes, y);
        if (marker.outcome_shift != 0) add_product(marker.outcome_shift, tile.outcome, y);
    }
}

}  // namespace rsasim::replicate
