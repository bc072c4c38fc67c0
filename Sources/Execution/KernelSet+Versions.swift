import COpenBLAS

extension KernelSet {
  /// The version of OpenBLAS, such as `0.3.21`.
  public static var libraryVersion: String {
    let words = openblas_get_config().map { String(cString: $0).split(separator: " ") } ?? []
    return words.count > 1 && words[0] == "OpenBLAS" ? String(words[1]) : "unknown"
  }

  /// What the last bits of results depend on: the kernels in force, and the library's version.
  ///
  /// The environment that a figure states.
  public static var facts: [String: String] {
    ["kernels": chosen.name, "openblas": libraryVersion]
  }

  /// Whether this processor has faster kernels than those in force.
  public static var isBestInForce: Bool {
    guard let best = best(among: processorFeatures()) else { return true }
    return rank(best) <= rank(current.name)
  }
}
