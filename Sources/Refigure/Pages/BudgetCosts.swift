import Experiments
import Foundation
import Reproduction

/// What all figures take at each budget, as far as it was measured.
struct BudgetCosts {
  private let timings: [FigureTiming]

  init(_ timings: [FigureTiming]) { self.timings = timings }

  var markdown: String {
    Markdown.table(
      ["budget", "figures measured", "processor time", "longest figure", "memory", "disk"],
      extents.map { extent in
        let measured = timings.filter { $0.extent == extent }
        let longest = measured.max { $0.coreSeconds < $1.coreSeconds }
        return [
          extent, "\(measured.count)",
          Spoken.seconds(measured.reduce(0) { $0 + $1.coreSeconds }),
          longest.map { "`\($0.figure)`, \(Spoken.seconds($0.coreSeconds))" } ?? "",
          Spoken.bytes(measured.map(\.peakBytes).max() ?? 0),
          Spoken.bytes(measured.reduce(0) { $0 + $1.storeBytes }),
        ]
      })
  }

  /// The budgets in their order, then presets.
  private var extents: [String] {
    let measured = Set(timings.map(\.extent))
    let budgets = Budget.allCases.map(\.rawValue).filter(measured.contains)
    return budgets + measured.subtracting(budgets).sorted()
  }
}
