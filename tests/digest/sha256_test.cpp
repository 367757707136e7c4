#include <string>

#include <catch2/catch.hpp>

#include <rsasim/digest/sha256.hpp>

using namespace rsasim::digest;

// Messages and digests of FIPS 180-4's example pages (NIST, "SHA256.pdf" and
// "SHA2_Additional.pdf").
TEST_CASE("SHA-256 gives the digests that its standard prints", "[reference]") {
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 of nothing is the digest of the empty message", "[reference]") {
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("Where a message is cut into pieces does not change its digest", "[property]") {
    const std::string message = "the same message, in pieces of any length";
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
        Sha256 digest;
        digest.add(message.substr(0, cut)).add(message.substr(cut));
        CHECK(digest.finish() == sha256(message));
    }
}
