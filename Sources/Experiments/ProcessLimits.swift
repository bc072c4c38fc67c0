import Foundation

/// What the shell lets this process have (`ulimit`), and whether that is enough to compute.
///
/// Too little shows elsewhere as a crash, or as a process that waits for ever for a thread that
/// cannot be started.
package struct ProcessLimits {
  /// The bytes of a thread's stack; nil if nothing limits them.
  var stack: UInt64?
  /// The bytes of addresses; nil if nothing limits them.
  var addresses: UInt64?
  /// Whether a few threads can be started side by side.
  var startsThreads: Bool

  /// The limits of this process, a few threads started for the answer.
  package static var current: Self {
    Self(
      stack: limit(of: __rlimit_resource_t(RLIMIT_STACK.rawValue)),
      addresses: limit(of: __rlimit_resource_t(RLIMIT_AS.rawValue)),
      startsThreads: canStartThreads(4))
  }

  /// What is too little, and what to do; nil if all is enough.
  package var problem: String? {
    if let stack, stack < 512 << 10 {
      return "a stack of \(stack >> 10) KiB (ulimit -s) is too small; allow 8192: ulimit -s 8192"
    }
    if let addresses, addresses < 1 << 30 {
      return "\(addresses >> 20) MiB of addresses (ulimit -v) are too few; allow all: "
        + "ulimit -v unlimited"
    }
    return startsThreads
      ? nil
      : "no threads can be started; allow more processes (ulimit -u) or tasks of the container"
  }

  /// Ends the process, with a line on standard error, if it has too little.
  ///
  /// To be called on the first thread: the others, on which all else runs, may not come.
  package static func require() {
    guard let problem = current.problem else { return }
    // Who cannot hear of it still learns it from the exit code.
    try? FileHandle.standardError.write(contentsOf: Data("error: \(problem)\n".utf8))
    // Without the farewells of libraries, which wait for threads of their own.
    _exit(1)
  }

  private static func limit(of resource: __rlimit_resource_t) -> UInt64? {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return nil }
    // RLIM_INFINITY is the largest number, and no constant that Swift can read.
    return limit.rlim_cur == .max ? nil : UInt64(limit.rlim_cur)
  }

  private static func canStartThreads(_ count: Int) -> Bool {
    var threads: [pthread_t] = []
    for _ in 0..<count {
      var thread = pthread_t()
      guard pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { break }
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    return threads.count == count
  }
}
