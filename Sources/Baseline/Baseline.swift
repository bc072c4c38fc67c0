#if canImport(Glibc)
  import Glibc
#endif

/// The processor features without which the rest of the package would stop with an illegal
/// instruction.
///
/// This module alone is compiled for any processor, and looks before `main`: everything else may
/// use the instructions of x86-64-v3 anywhere, even to clear a variable.
package enum Baseline {
  /// The features of x86-64-v3 by their Linux names.
  package static let features = [
    "abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "sse4_2",
  ]

  /// The features that a processor lacks, by the text of `/proc/cpuinfo`; none if it does not tell.
  package static func missing(in text: String) -> [String] {
    for line in text.split(separator: "\n") where line.hasPrefix("flags") {
      let present = Set(line.split { $0 == " " || $0 == "\t" })
      return features.filter { !present.contains(Substring($0)) }
    }
    return []
  }

  /// What to tell who has such a processor.
  package static func message(lacking features: [String]) -> String {
    "error: this program is built for processors with AVX2 (x86-64-v3), and this one lacks "
      + features.joined(separator: ", ")
      + "; build it for this processor: REFIGURE_CPU=native swift build\n"
  }
}

#if os(Linux) && arch(x86_64) && X86_64_V3
  /// Ends the process before `main` if the processor lacks a feature.
  @used @section(".init_array")
  let checkBaseline: @convention(c) () -> Void = { endWithoutBaseline() }

  private func endWithoutBaseline() {
    let missing = Baseline.missing(in: processorInformation())
    guard !missing.isEmpty else { return }
    let message = Baseline.message(lacking: missing)
    write(STDERR_FILENO, message, message.utf8.count)
    _exit(1)
  }

  /// The text on the first processor; empty where it cannot be read.
  private func processorInformation() -> String {
    let descriptor = open("/proc/cpuinfo", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    var count = 0
    // The kernel hands out a page at a time.
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      guard more > 0 else { break }
      count += more
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
#endif
