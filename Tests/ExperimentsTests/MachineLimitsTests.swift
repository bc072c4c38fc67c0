import Foundation
import TestSupport
import Testing

@testable import Experiments

/// Containers of both versions of control groups, as their files say it.
struct MachineLimitsTests {
  private func limits(_ files: [String: String]) throws -> MachineLimits {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(Array(text.utf8), to: name) }
    return MachineLimits(
      cores: 8, memory: 32 << 30, groups: ControlGroups(root: folder.url))
  }

  private static let unified =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"

  @Test func withoutGroupsTheMachineIsTheLimit() throws {
    #expect(try limits([:]).cores == 8)
    #expect(try limits([:]).memory == 32 << 30)
  }

  @Test(arguments: [
    ("200000 100000", 2), ("150000 100000", 2), ("20000 100000", 1), ("max 100000", 8),
  ])
  func processorsOfVersionTwo(text: String, cores: Int) throws {
    #expect(
      try limits([
        "proc/self/mountinfo": Self.unified, "proc/self/cgroup": "0::/\n",
        "sys/fs/cgroup/cpu.max": text + "\n",
      ]).cores == cores)
  }

  @Test func groupsAboveLimitToo() throws {
    let found = try limits([
      "proc/self/mountinfo": Self.unified, "proc/self/cgroup": "0::/jobs/job1/step\n",
      "sys/fs/cgroup/jobs/cpu.max": "max 100000\n",
      "sys/fs/cgroup/jobs/job1/cpu.max": "300000 100000\n",
      "sys/fs/cgroup/jobs/job1/step/memory.max": "max\n",
      "sys/fs/cgroup/jobs/memory.max": "1073741824\n",
      "sys/fs/cgroup/other/memory.max": "1\n",
    ])
    #expect(found == MachineLimits(cores: 3, memory: 1 << 30))
  }

  /// Docker with version 1 shows the host's path, of which the container has the end only.
  @Test func versionOne() throws {
    let mounts = """
      31 30 0:27 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
      32 30 0:28 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory

      """
    let found = try limits([
      "proc/self/mountinfo": mounts,
      "proc/self/cgroup": "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "50000\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
    ])
    #expect(found == MachineLimits(cores: 1, memory: 1 << 29))
    let unlimited = try limits([
      "proc/self/mountinfo": mounts, "proc/self/cgroup": "4:cpu,cpuacct:/\n5:memory:/\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    ])
    #expect(unlimited == MachineLimits(cores: 8, memory: 32 << 30))
  }

  @Test func thisProcessHasLimits() {
    #expect(MachineLimits.current.cores >= 1 && MachineLimits.current.memory > 1 << 20)
  }
}
