import Reproduction

/// Time, memory and disk of figures, as they were measured.
struct CostTable {
  private let timings: [FigureTiming]

  init(_ timings: [FigureTiming]) { self.timings = timings }

  var markdown: String {
    Markdown.table(
      [
        "figure", "computed", "runs", "time", "processor time", "memory", "disk", "measured on",
      ],
      timings.map { timing in
        [
          "`\(timing.figure)`", timing.computed, "\(timing.runs)",
          timing.wait, Spoken.seconds(timing.coreSeconds),
          Spoken.bytes(timing.peakBytes), Spoken.bytes(timing.storeBytes),
          "\(timing.processor), OpenBLAS \(timing.kernels)",
        ]
      })
  }
}

extension FigureTiming {
  /// `86 s on 2 cores`, or about as long if it was never made from nothing in one go.
  var wait: String {
    let cores = coldWorkers ?? cores
    let time = coldSeconds.map(Spoken.seconds) ?? Spoken.about(seconds(onCores: cores))
    return time + " on " + Spoken.count(cores, "core")
  }
}
