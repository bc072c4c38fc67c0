import Execution
import Foundation

/// What the benchmark runs on.
enum Machine {
  static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// Processor, cores, kernels.
  static var description: String {
    // A system that does not tell has a processor without a name.
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return "\(name ?? "unknown processor"), \(cores) cores, \(KernelSet.current.name) kernels"
  }

  /// The largest resident set of this process so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }

  /// Multiplications and additions per second of one thread on large matrices, the best of some.
  static func sgemmPeak() -> Double {
    let size = 1024
    let a = [Float](repeating: 0.5, count: size * size)
    var c = a
    let best = (0..<5).map { _ in
      Stopwatch.seconds { KernelSet.multiply(a, a, into: &c, size: size) }
    }.min()
    return 2 * Double(size * size * size) / (best ?? .infinity)
  }
}

/// Elapsed time.
enum Stopwatch {
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return seconds(since: start, clock)
  }

  static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return seconds(since: start, clock)
  }

  private static func seconds(since start: ContinuousClock.Instant, _ clock: ContinuousClock)
    -> Double
  {
    let parts = (clock.now - start).components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }
}
