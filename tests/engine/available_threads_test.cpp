#include "cgroup_quota.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

#include <rsasim/engine/parallel.hpp>

namespace fs = std::filesystem;
using rsasim::engine::available_threads;
using rsasim::engine::cgroup_quota;

namespace {

/// A folder that looks like /sys/fs/cgroup with the file /proc/self/cgroup beside it.
class ControlGroups {
  public:
    ControlGroups() { fs::create_directories(root_); }
    ~ControlGroups() { fs::remove_all(root_); }
    ControlGroups(const ControlGroups&) = delete;
    ControlGroups& operator=(const ControlGroups&) = delete;

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << text << '\n';
    }
    [[nodiscard]] std::optional<double> quota() const {
        return cgroup_quota(root_ / "self", root_ / "mount");
    }

  private:
    fs::path root_ = fs::temp_directory_path() / ("rsasim_cgroup_" + std::to_string(getpid()));
};

}  // namespace

TEST_CASE("Without control groups there is no quota", "[exact]") {
    const ControlGroups groups;
    CHECK_FALSE(groups.quota());
    groups.write("self", "0::/job");
    CHECK_FALSE(groups.quota());
    groups.write("mount/job/cpu.max", "max 100000");
    CHECK_FALSE(groups.quota());
    groups.write("self", "nonsense");
    CHECK_FALSE(groups.quota());
}

TEST_CASE("The quota of version 2 is the least on the way to the root", "[exact]") {
    const ControlGroups groups;
    groups.write("self", "0::/slurm/job_7/step");
    groups.write("mount/slurm/job_7/step/cpu.max", "max 100000");
    groups.write("mount/slurm/job_7/cpu.max", "150000 100000");
    groups.write("mount/slurm/cpu.max", "800000 100000");
    CHECK(groups.quota() == 1.5);
    groups.write("mount/cpu.max", "50000 100000");
    CHECK(groups.quota() == 0.5);
}

TEST_CASE("The quota of version 1 is read from the group of the cpu controller", "[exact]") {
    const ControlGroups groups;
    groups.write("self", "5:memory:/other\n4:cpu,cpuacct:/job\n3:cpuset:/wrong");
    groups.write("mount/cpu/cpu.cfs_quota_us", "-1");
    groups.write("mount/cpu/cpu.cfs_period_us", "100000");
    CHECK_FALSE(groups.quota());
    groups.write("mount/cpu/job/cpu.cfs_quota_us", "300000");
    groups.write("mount/cpu/job/cpu.cfs_period_us", "100000");
    CHECK(groups.quota() == 3.0);
}

TEST_CASE("There is a thread to work with, and no more than Slurm gives", "[exact]") {
    unsetenv("SLURM_CPUS_PER_TASK");
    const unsigned threads = available_threads();
    CHECK(threads >= 1);
    setenv("SLURM_CPUS_PER_TASK", "1", 1);
    CHECK(available_threads() == 1);
    for (const char* const text : {"1000000", "0", "", "many"}) {
        setenv("SLURM_CPUS_PER_TASK", text, 1);
        CHECK(available_threads() == threads);
    }
    unsetenv("SLURM_CPUS_PER_TASK");
}
