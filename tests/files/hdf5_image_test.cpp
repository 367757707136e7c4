#include "hdf5_image.hpp"

#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::files::hdf5;

namespace {

enum class Adding { together, one_by_one };

/// Datasets of several chunks, of one and of none, and a scalar, on scales of several and of none.
std::vector<std::byte> image_of(Adding adding) {
    constexpr std::size_t size = 400'000;
    Image image(files::for_each_in_order);
    {
        const auto many = image.add_scale("/many", steps(size));
        const auto none = image.add_scale("/none", steps(0));
        const std::vector<std::int32_t> some{1, 2, 3};
        const auto few = image.add_scale("/few", numbers_in(some));
        const std::vector<std::int8_t> one{1};
        const std::vector<Dataset> datasets{
            {"/a", {&many}, steps(size), {{"units", "1"}, {"long_name", "a"}}},
            {"/b", {&none}, steps(0), {{"units", "1"}}},
            {"/c", {&few}, numbers_in(some), {}},
            {"/d", {}, numbers_in(one), {{"units", "1"}}},
            {"/e", {&few, &many}, steps(3 * size), {{"units", "1"}}},
        };
        if (adding == Adding::together) {
            image.add_numbers(datasets);
        } else {
            for (const auto& dataset : datasets)
                image.add_numbers(dataset);
        }
    }
    return std::move(image).close();
}

}  // namespace

TEST_CASE("Datasets have the same bytes added together or one by one", "[property]") {
    const bool is_same = image_of(Adding::together) == image_of(Adding::one_by_one);
    CHECK(is_same);
}

TEST_CASE("Numbers that do not fit their axes are refused", "[exact]") {
    Image image(files::for_each_in_order);
    const auto scale = image.add_scale("/scale", steps(3));
    CHECK_THROWS_AS(image.add_numbers({"/a", {&scale}, steps(4), {}}), std::logic_error);
}
