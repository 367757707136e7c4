#include <catch2/catch.hpp>

#include <rsasim/digest/base64.hpp>

using rsasim::digest::base64;

namespace {
std::string encoded(std::string_view text) {
    return base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}
}  // namespace

TEST_CASE("Base64 gives the test vectors of RFC 4648", "[exact]") {
    CHECK(encoded("").empty());
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foo") == "Zm9v");
    CHECK(encoded("foob") == "Zm9vYg==");
    CHECK(encoded("fooba") == "Zm9vYmE=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
}

TEST_CASE("Base64 uses plus and slash", "[exact]") {
    CHECK(encoded("\xfb\xef\xbe") == "++++");
    CHECK(encoded("\xff\xff\xff") == "////");
}
