import Foundation

/// What of the machine this process may use: by affinity, and by the control groups that containers
/// and batch systems put it in.
package struct MachineLimits: Equatable, Sendable {
  /// How many threads may compute at once, at least one.
  package var cores: Int
  /// The bytes of memory, whatever others hold of it.
  package var memory: Int

  /// The limits of this process.
  package static let current = MachineLimits(
    cores: ProcessInfo.processInfo.activeProcessorCount,
    memory: Int(clamping: ProcessInfo.processInfo.physicalMemory),
    groups: ControlGroups())
}

extension MachineLimits {
  /// The limits of a machine with so many processors that the scheduler may take and so much memory.
  init(cores: Int, memory: Int, groups: ControlGroups) {
    // Two and a half processors keep three threads busy, each of them most of the time.
    let quota = groups.processors.map { max(Int($0.rounded(.up)), 1) }
    self.cores = max(min(cores, quota ?? cores), 1)
    self.memory = min(memory, groups.memory ?? memory)
  }
}
