import Foundation

/// The limits of Linux control groups, of both versions, on a process; elsewhere there are none.
///
/// A group's limit holds for those in it too, so all groups from the process's own to the top count.
struct ControlGroups {
  /// How many processors' time there is, such as 1.5.
  private(set) var processors: Double?
  /// The bytes of memory.
  private(set) var memory: Int?

  /// The limits on this process, or on that of another root of the file system.
  init(root: URL = URL(filePath: "/")) {
    func text(_ path: String) -> String? {
      // Not every kernel and container shows its groups; what is not shown limits nothing.
      FileManager.default.contents(atPath: root.appending(path: path).path)
        .map { String(decoding: $0, as: UTF8.self) }
    }
    let mounts = text("proc/self/mountinfo").map(Mount.all(in:)) ?? []
    for line in text("proc/self/cgroup")?.split(separator: "\n") ?? [] {
      // `0::/user.slice`, or `4:cpu,cpuacct:/docker/…`.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let controllers = parts[1].split(separator: ",").map(String.init)
      for mount in mounts where mount.has(controllers) {
        for folder in mount.folders(of: String(parts[2])) {
          func words(_ name: String) -> [Substring] {
            text("\(folder)/\(name)")?.split(whereSeparator: \.isWhitespace) ?? []
          }
          if controllers.isEmpty {
            limitProcessors(words("cpu.max"))
            limitMemory(words("memory.max"))
          } else {
            limitProcessors(words("cpu.cfs_quota_us") + words("cpu.cfs_period_us"))
            limitMemory(words("memory.limit_in_bytes"))
          }
        }
      }
    }
  }

  /// By microseconds in a period; `max` or −1 is no limit.
  private mutating func limitProcessors(_ words: [Substring]) {
    guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]),
      quota > 0, period > 0
    else { return }
    processors = min(processors ?? .infinity, quota / period)
  }

  private mutating func limitMemory(_ words: [Substring]) {
    guard let bytes = words.first.flatMap({ Int($0) }), bytes > 0 else { return }
    memory = min(memory ?? .max, bytes)
  }

  /// A hierarchy of groups that is mounted somewhere.
  private struct Mount {
    /// The group at the top of what is mounted.
    var top: String
    var place: String
    var isUnified: Bool
    var controllers: Set<String>

    /// By lines such as `30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw`.
    static func all(in text: String) -> [Mount] {
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard let dash = words.firstIndex(of: "-"), words.count > dash + 3, dash >= 5 else {
          return nil
        }
        guard ["cgroup", "cgroup2"].contains(words[dash + 1]) else { return nil }
        return Mount(
          top: words[3], place: words[4], isUnified: words[dash + 1] == "cgroup2",
          controllers: Set(words[dash + 3].split(separator: ",").map(String.init)))
      }
    }

    func has(_ names: [String]) -> Bool {
      names.isEmpty ? isUnified : !isUnified && !controllers.isDisjoint(with: names)
    }

    /// The folders of a group and of those above it, as far as they are mounted.
    func folders(of group: String) -> [String] {
      // In a container the path may be that of the host, of which only the last part is mounted.
      let isBelow = group == top || group.hasPrefix(top == "/" ? "/" : top + "/")
      let names = isBelow ? group.dropFirst(top == "/" ? 0 : top.count).split(separator: "/") : []
      return (0...names.count).map {
        ([place] + names.prefix($0).map(String.init)).joined(separator: "/")
      }
    }
  }
}
