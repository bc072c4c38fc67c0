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
          "`\(timing.figure)`", timing.extent, "\(timing.runs)",
          Self.wait(timing), Spoken.seconds(timing.coreSeconds),
          Spoken.bytes(timing.peakBytes), Spoken.bytes(timing.storeBytes),
          "\(timing.processor), OpenBLAS \(timing.kernels)",
        ]
      })
  }

  /// `86 s on 2 cores`, or about as long if it was never made from nothing in one go.
  private static func wait(_ timing: FigureTiming) -> String {
    let cores = timing.coldWorkers ?? timing.cores
    let time =
      timing.coldSeconds.map(Spoken.seconds) ?? Spoken.about(timing.seconds(onCores: cores))
    return time + " on " + Spoken.count(cores, "core")
  }
}
