#include "progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

constexpr int bar_width = 30;
constexpr std::chrono::milliseconds redraw_interval{200};

}  // namespace

ProgressBar::ProgressBar(std::string units, bool is_shown)
    : units_(std::move(units)), is_shown_(is_shown) {}

ProgressBar::~ProgressBar() {
    if (is_drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::update(std::int64_t finished, std::int64_t total) {
    const auto now = Clock::now();
    if (!is_shown_ || finished <= 0 || now - last_ < redraw_interval) return;
    last_ = now;
    is_drawn_ = true;
    const double share = static_cast<double>(finished) / static_cast<double>(total);
    const int filled = static_cast<int>(share * bar_width);
    const auto bar = fmt::format(
        "\r\033[K[{:#<{}}{:.<{}}] {:3.0f} %  {}", "", filled, "", bar_width - filled, 100 * share,
        rate_and_rest(units_, static_cast<double>(finished), static_cast<double>(total),
                      std::chrono::duration<double>(now - start_).count()));
    std::fputs(bar.c_str(), stderr);  // a terminal that has gone is no reason to stop
    std::fflush(stderr);
}

std::string rate_and_rest(std::string_view units, double finished, double total,
                          double elapsed_seconds) {
    constexpr double million = 1e6;
    const double rate = finished / elapsed_seconds;
    const auto text = rate >= million ? fmt::format("{:.3g} million", rate / million)
                      : rate >= 100   ? fmt::format("{:.0f}", rate)
                                      : fmt::format("{:.2g}", rate);
    return fmt::format("{} {}/s  {} left", text, units,
                       duration_text(elapsed_seconds * (total - finished) / finished));
}

std::string progress_line(const ProgressReport& report) {
    const auto& [finished, to_do, elapsed, by_cell] = report;
    const double done = static_cast<double>(finished), all = static_cast<double>(to_do);
    std::int64_t least = 0, begun = 0;
    for (const std::int64_t replicates : by_cell) {
        if (replicates == 0) continue;
        least = begun == 0 ? replicates : std::min(least, replicates);
        ++begun;
    }
    std::string line = fmt::format("{} of {} replicates ({:.1f} %), {:.0f} a second", finished,
                                   to_do, 100 * done / std::max(all, 1.0), done / elapsed);
    if (finished > 0)
        line += fmt::format(", {} left", duration_text(elapsed * (all - done) / done));
    if (begun > 0) {
        line += fmt::format(", Monte Carlo errors of shares at most {:.1g}",
                            0.5 / std::sqrt(static_cast<double>(least)));
    }
    if (by_cell.size() > 1)
        line += fmt::format(" in the {} of {} cells begun", begun, by_cell.size());
    return line;
}

std::string duration_text(double seconds) {
    constexpr double minute = 60, hour = 3600, day = 86400;
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    if (seconds < minute - 0.5) return fmt::format("{:.0f} s", seconds);
    if (seconds < hour) {
        const double whole = std::max(std::floor(seconds), minute);
        return fmt::format("{:.0f} min {:02.0f} s", std::floor(whole / minute),
                           std::fmod(whole, minute));
    }
    if (seconds < 2 * day) {
        return fmt::format("{:.0f} h {:02.0f} min", std::floor(seconds / hour),
                           std::floor(std::fmod(seconds, hour) / minute));
    }
    return fmt::format("{:.0f} days", std::ceil(seconds / day));
}

}  // namespace rsasim::commands
