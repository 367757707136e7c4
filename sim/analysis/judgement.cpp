#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::analysis {
namespace {

/// In place of an index into the prepared methods.
constexpr std::uint32_t no_methods = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Judgement::Judgement(std::shared_ptr<const design::AnalysisPlan> plan,
                     std::vector<design::Table2x2> tables)
    : plan_(std::move(plan)), tables_(std::move(tables)) {
    std::map<design::ArmSizes, std::uint32_t> known;
    for (const auto& [treated, control] : tables_) {
        if (treated.n > 0 && control.n > 0)
            known.emplace(design::ArmSizes{treated.n, control.n}, 0);
    }
    for (auto& [sizes, place] : known) {
        place = static_cast<std::uint32_t>(methods_.size());
        methods_.emplace_back(*plan_, sizes);
    }
    for (const auto& [treated, control] : tables_) {
        const auto found = known.find({treated.n, control.n});
        methods_of_row_.push_back(found == known.end() ? no_methods : found->second);
    }
    const std::size_t rows = tables_.size();
    sides_of_alpha_.assign(plan_->tests.size(), std::vector<double>(rows, not_a_number));
    intervals_.assign(plan_->intervals.size(), std::vector<Interval>(rows));
    estimates_.assign(plan_->estimators.size(), std::vector<Estimate>(rows));
    agreements_.assign(plan_->pairs.size(), std::vector<Agreement>(rows, Agreement::undefined));
}

void Judgement::judge(std::size_t first, std::size_t last) {
    TableFindings findings(*plan_);
    for (std::size_t row = first; row < last; ++row) {
        if (methods_of_row_[row] == no_methods) continue;
        methods_[methods_of_row_[row]].judge(tables_[row], findings);
        for (std::size_t i = 0; i < sides_of_alpha_.size(); ++i)
            sides_of_alpha_[i][row] = findings.sides_of_alpha[i];
        for (std::size_t i = 0; i < intervals_.size(); ++i)
            intervals_[i][row] = findings.intervals[i];
        for (std::size_t i = 0; i < estimates_.size(); ++i)
            estimates_[i][row] = findings.estimates[i];
        for (std::size_t i = 0; i < agreements_.size(); ++i)
            agreements_[i][row] = findings.agreements[i];
    }
}

std::size_t Judgement::row_of(const design::Table2x2& table) const {
    const auto found = std::ranges::lower_bound(tables_, table);
    if (found == tables_.end() || *found != table) {
        throw std::out_of_range("Judgement: the table is not among those judged");
    }
    return static_cast<std::size_t>(found - tables_.begin());
}

bool Judgement::rejects_at(std::size_t test, const design::Table2x2& table) const {
    const design::ArmSizes sizes{table.treated.n, table.control.n};
    const auto found = std::ranges::lower_bound(methods_, sizes, {}, &TableMethods::sizes);
    if (found == methods_.end() || found->sizes() != sizes) {
        throw std::out_of_range("Judgement: no table of these arm sizes is among those judged");
    }
    return analysis::rejects(found->side_of_alpha(test, table), plan_->alpha);
}

}  // namespace rsasim::analysis
