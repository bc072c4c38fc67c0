import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics

/// A table of settings, as the runs have them, beside what the paper prints.
package protocol RateTable: Figure
where Results == BesidePaper<[RateLine]>, Drawing == Table {
  /// The settings.
  static var lines: [RateLine] { get }
  /// The paper's words that refer to the table.
  static var sentence: String { get }
}

extension RateTable {
  package static func seedCount(within budget: Budget) -> Int { 1 }

  package func study(_ options: FigureOptions) throws -> Study<BesidePaper<[RateLine]>> {
    try Study(Self.lines).besidePaper(Self.identity, isPapersWorld: true)
  }

  package func draw(_ results: BesidePaper<[RateLine]>) -> Table {
    let isReasoned = results.found.contains { $0.reason != nil }
    let columns = ["printed"] + Budget.allCases.map(\.rawValue) + (isReasoned ? ["why"] : [])
    return Table(
      Self.identity.title, columns: columns.map { Table.Column($0, best: .none) },
      caption: "Rates as the paper prints them, and those of the runs at each budget."
        + (isReasoned ? " Why: what the budget called paper has instead of the print." : "")
        + (results.found.contains { Set($0.rates).count > 1 }
          ? " Standard and overnight: found for smaller worlds on validation classes." : "")
    ) {
      for line in results.found {
        let printed = results.paper[line.name].map { Table.Cell.text("\($0)") }
        Table.Row(
          [line.data, line.model, line.kind].compactMap(\.self).joined(separator: ", "),
          [printed ?? .missing] + line.rates.map { .text("\($0)") }
            + (isReasoned ? [.text(line.reason ?? "")] : []))
      }
    }
  }

  package static func claims(_ scope: ClaimScope) -> [Claim<BesidePaper<[RateLine]>>] {
    [
      Claim(
        "arnold2021/\(identity.name)/as-printed", quoting: sentence, at: "Appendix D"
      ) {
        Criterion(
          "difference",
          statistic:
            "difference of the rate at the `paper` budget from the legible print, as a part "
            + "of the print, for every cell",
          .below(threshold: 1e-12)
        ) { results in
          let differences = results.found.compactMap { line in
            results.paper[line.name].map { abs(line.ofPaper / $0 - 1) }
          }
          return differences.isEmpty ? nil : .exact(differences)
        }
      }
    ]
  }

  @QuantityBuilder package func quantities(in results: BesidePaper<[RateLine]>) -> [Quantity] {
    for line in results.found {
      for (budget, rate) in zip(Budget.allCases, line.rates) {
        Quantity(
          "rate",
          at: [
            "data": line.data, "model": line.model, "kind": line.kind ?? Self.identity.name,
            "budget": budget.rawValue,
          ], PerSeed([rate]), metric: line.key, within: budget == .paper ? .absolute(0) : nil,
          paper: results.id(line.name))
      }
    }
  }
}
