import COpenBLAS
import Foundation

/// The family of kernels that OpenBLAS runs, chosen once when a process starts.
///
/// The library chooses by processor model, and for a model that it does not know it falls back to
/// SSE3 kernels, at a quarter of the speed or less. Here the choice is by features.
public struct KernelSet: Sendable, Hashable {
  /// OpenBLAS's name of the set in force, such as `SkylakeX`.
  public let name: String

  /// What everything here computes with: the best kernels for this processor, with one thread for
  /// each call, since cores work on different episodes and bits must not depend on how many.
  ///
  /// They are put in force when this is first asked for, by whatever computes first, and never
  /// again: while kernels are exchanged, a product under way would find none. A choice made with
  /// the variable `OPENBLAS_CORETYPE` is left alone.
  public static let chosen: KernelSet = {
    let isChosenByHand = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"]?.isEmpty == false
    if !isChosenByHand, let best = best(among: processorFeatures()),
      rank(best) > rank(current.name)
    {
      use(best)
    }
    openblas_set_num_threads(1)
    return current
  }()

  /// The set in force.
  public static var current: KernelSet {
    KernelSet(name: openblas_get_corename().map { String(cString: $0) } ?? "unknown")
  }

  /// Switches to another set; false where this build of OpenBLAS has only one.
  ///
  /// Nothing may be computing.
  @discardableResult
  static func use(_ name: String) -> Bool {
    typealias Switch = @convention(c) () -> Void
    guard let quit = symbol("gotoblas_dynamic_quit"), let start = symbol("gotoblas_dynamic_init")
    else { return false }
    unsafeBitCast(quit, to: Switch.self)()
    setenv("OPENBLAS_CORETYPE", name, 1)
    unsafeBitCast(start, to: Switch.self)()
    unsetenv("OPENBLAS_CORETYPE")
    openblas_set_num_threads(1)
    return current.name.lowercased() == name.lowercased()
  }

  private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
    dlsym(dlopen(nil, RTLD_NOW), name)
  }

  /// The processor's features by their Linux names; empty where the system does not tell.
  public static func processorFeatures() -> Set<String> {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return []
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") }
    return Set(line?.split(separator: " ").map(String.init) ?? [])
  }

  static func best(among features: Set<String>) -> String? {
    if features.isSuperset(of: ["avx512f", "avx512bw", "avx512dq", "avx512vl"]) {
      return "SkylakeX"
    }
    return features.isSuperset(of: ["avx2", "fma"]) ? "Haswell" : nil
  }

  /// Sets in the order of their speed on a processor that has the features for all.
  static func rank(_ name: String) -> Int {
    [
      "prescott", "nehalem", "sandybridge", "haswell", "zen", "cooperlake", "skylakex",
      "sapphirerapids",
    ]
    .firstIndex(of: name.lowercased()) ?? 0
  }
}

extension KernelSet {
  /// C ← A·B for square matrices: what the kernels do at their best, for benchmarks.
  package static func multiply(_ a: [Float], _ b: [Float], into c: inout [Float], size: Int) {
    precondition(a.count == size * size && b.count == a.count)
    _ = chosen
    precondition(c.count == a.count)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          MatrixProduct.multiply(a, b, into: c, rows: size, columns: size, inner: size)
        }
      }
    }
  }
}
