import Experiments
import Foundation
import Reproduction

/// What all figures take at each budget, as far as it was measured.
struct BudgetCosts {
  private let timings: [FigureTiming]

  init(_ timings: [FigureTiming]) { self.timings = timings }

  var markdown: String {
    Markdown.table(
      [
        "budget", "figures measured", "processor time", "longest figure, processor time", "memory",
        "disk",
      ],
      kinds.map { kind in
        let measured = timings.filter { Self.kind($0) == kind }
        let longest = measured.max { $0.coreSeconds < $1.coreSeconds }
        return [
          kind, "\(measured.count)",
          Spoken.seconds(measured.reduce(0) { $0 + $1.coreSeconds }),
          longest.map { "`\($0.figure)`, \(Spoken.seconds($0.coreSeconds))" } ?? "",
          Spoken.bytes(measured.map(\.peakBytes).max() ?? 0),
          Spoken.bytes(measured.reduce(0) { $0 + $1.storeBytes }),
        ]
      })
  }

  private static func kind(_ timing: FigureTiming) -> String {
    timing.extent + (timing.data == nil ? "" : ", published data")
  }

  /// The budgets in their order, then presets.
  private var kinds: [String] {
    let measured = Set(timings.map(Self.kind))
    let budgets = Budget.allCases.flatMap { [$0.rawValue, "\($0.rawValue), published data"] }
      .filter(measured.contains)
    return budgets + measured.subtracting(budgets).sorted()
  }
}
