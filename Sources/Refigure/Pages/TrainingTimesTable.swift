import Claims
import Foundation
import Reproduction

/// Times of trainings that a paper compares, as they were measured side by side.
struct TrainingTimesTable {
  private let records: [TrainingTimes]

  init(_ records: [TrainingTimes]) { self.records = records }

  var markdown: String {
    Markdown.table(
      ["figure", "computed", "training", "updates", "an update", "all", "GFLOP", "measured on"],
      records.flatMap { record in
        record.rows.map { row in
          [
            "`\(record.figure)`", record.extent, row.name, "\(row.updates)",
            String(format: "%.1f ms", 1e3 * row.secondsPerUpdate),
            String(format: "%.1f s", row.seconds),
            String(format: "%.1f", row.floatingPointOperations / 1e9),
            "one core of \(record.processor), OpenBLAS \(record.kernels)",
          ]
        }
      })
  }
}
