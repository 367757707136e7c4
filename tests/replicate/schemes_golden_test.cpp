#include "allotments.hpp"

#include <map>

#include <catch2/catch.hpp>

namespace {

/// Arms of the first women of replicate 5.
const std::map<std::string, std::string> golden{
    {"complete", "TTTTcccTTTcccTccTTTcccTcTTcTTcTT"},
    {"complete 2:1", "TTTTcTcTTTccTTccTTTTTcTTTTTTTTTT"},
    {"random-allocation", "TTTTcccTTTcccTccTTTcccTcTTccTcTc"},
    {"random-allocation 1:2", "TcTTcccTTTcccTcccTTcccccTcccTccc"},
    {"blocks of 4", "cTcTTTcccTTcccTTcTTcTccTTTccTTcc"},
    {"blocks of 2, 4 and 6", "TccTcTTcTccTTccTTccTTTcTcccTTccT"},
    {"blocks of 3, 2:1", "cTTTTcTTcTcTTcTTcTTTcTcTcTTTTcTT"},
    {"long blocks of 16", "TTTTTTcccTTcccccTTccccTTTcccTTcT"},
    {"long blocks of 3 and 18, 1:2", "TcTcTTcccTTcccccccccccTTTcccTccT"},
    {"blocks of 4 in 2 strata", "TccTcTcTTcTTcTTcccccTTTTTccccTTc"},
    {"blocks of 2 and 4 in 6 strata", "TcTcccTccTTcccTcTcTTcTccTccTTTTc"},
    {"long blocks of 16 in 3 strata", "TTTTTTcTTcTTcccTTTTcccccTcTccTcc"},
    {"biased-coin", "TcTTcccTTTcccTccTTTcccTTTccTTcTT"},
    {"big-stick", "ccTcTTTcccTTTcTTcccTTTcTccTccTcc"},
    {"urn", "cTTTcccTTTcccTccTTTcccTcTTcTTcTT"},
    {"urn 2, 3", "TcTTcccTTTcccTccTTTcccTcTTcTTcTT"},
    {"truncated-binomial", "ccccTTTcccTTTcTTcccTTTcTccTccTTT"},
    {"minimisation", "TcTTcTcTTTcccTccTTTcTcTcTccTTcTT"},
    {"weighted minimisation", "TcTccTcTcTcTcTccTTTTccTcTccTTccT"},
};

}  // namespace

TEST_CASE("The first arms of every example are unchanged", "[golden]") {
    for (const auto& example : examples()) {
        std::string arms;
        const Allotment trial = allot(example.allocation, 32, 5, 1)[0];
        for (const int treated : trial.treated)
            arms += treated == 1 ? 'T' : 'c';
        CAPTURE(example.name);
        CHECK(arms == golden.at(example.name));
    }
}
