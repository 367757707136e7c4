#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <rsasim/digest/sha256.hpp>

namespace rsasim::digest {
namespace {

EVP_MD_CTX* as_context(void* pointer) {
    return static_cast<EVP_MD_CTX*>(pointer);
}

void require(int succeeded) {
    if (succeeded != 1) throw std::runtime_error("SHA-256: the digest library reported a failure");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr) throw std::bad_alloc();
    require(EVP_DigestInit_ex(as_context(context_), EVP_sha256(), nullptr));
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(as_context(context_));
}

Sha256& Sha256::add(std::span<const std::byte> bytes) {
    require(EVP_DigestUpdate(as_context(context_), bytes.data(), bytes.size()));
    return *this;
}

Sha256& Sha256::add(std::string_view text) {
    return add(std::as_bytes(std::span(text)));
}

Sha256Bytes Sha256::finish() {
    Sha256Bytes bytes{};
    require(EVP_DigestFinal_ex(as_context(context_), bytes.data(), nullptr));
    return bytes;
}

Sha256Bytes sha256(std::string_view text) {
    return Sha256().add(text).finish();
}

std::string to_hex(const Sha256Bytes& bytes) {
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

}  // namespace rsasim::digest
