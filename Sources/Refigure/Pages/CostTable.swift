import Reproduction

/// Time, memory and disk of figures, as they were measured.
struct CostTable {
  private let timings: [FigureTiming]

  init(_ timings: [FigureTiming]) { self.timings = timings }

  var markdown: String {
    Markdown.table(
      ["figure", "computed", "runs", "time", "memory", "disk", "measured on"],
      timings.map { timing in
        [
          "`\(timing.figure)`", timing.extent, "\(timing.runs)",
          Spoken.seconds(timing.seconds(onCores: timing.cores)) + " on "
            + (timing.cores == 1 ? "1 core" : "\(timing.cores) cores"),
          Spoken.bytes(timing.peakBytes), Spoken.bytes(timing.storeBytes),
          "\(timing.processor), OpenBLAS \(timing.kernels)",
        ]
      })
  }
}
