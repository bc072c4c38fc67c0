import Execution
import Experiments
import Foundation

/// The processor and its memory.
enum Machine {
  /// The processor's name, such as `Intel(R) Xeon(R) Platinum 8581C`.
  static var processor: String {
    // A system that does not tell has a processor without a name.
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  static var diagnoses: [Diagnosis] {
    let cores = MachineLimits.current.cores
    let kernels = KernelSet.chosen
    let memory = MachineLimits.current.memory
    return [
      .fine("processor", "\(processor), \(cores == 1 ? "1 core" : "\(cores) cores")"),
      features,
      memory < 2_000_000_000
        ? .poor(
          "memory", Spoken.bytes(memory), remedy: "use --threads 1 for the larger presets")
        : .fine("memory", Spoken.bytes(memory)),
      KernelSet.isBestInForce
        ? .fine("kernels", "\(kernels.name), one thread for each call\(chosenByHand)")
        : .poor(
          "kernels", "\(kernels.name), slower than what this processor can run\(chosenByHand)",
          remedy: kernelsChosenByHand == nil
            ? "use an OpenBLAS built with DYNAMIC_ARCH, as Debian's is"
            : "unset OPENBLAS_CORETYPE"),
      .fine("threads", "\(cores) by default; --threads changes the time, never a bit"),
    ]
  }

  private static var chosenByHand: String {
    kernelsChosenByHand.map { " (OPENBLAS_CORETYPE=\($0))" } ?? ""
  }

  /// The kernels that somebody has chosen; the empty string chooses none.
  private static var kernelsChosenByHand: String? {
    ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var features: Diagnosis {
    let present = KernelSet.processorFeatures()
    guard !present.isEmpty else {
      return .fine("features", "the system does not tell; the instruction baseline runs")
    }
    let told = ["sse4_2", "avx", "avx2", "fma", "avx512f", "avx512bw", "amx_tile"]
    return .fine("features", told.filter(present.contains).joined(separator: " "))
  }
}
