import Claims
import Goldblum2020Setup
import Networks
import Plotting
import Reproduction
import Statistics

/// Table 2: extractors of meta-learning keep classes apart better than classical ones.
@main
struct Table2ClassSeparation: ExtractorFigure {
  static let name = "table2-class-separation"
  static let title = "Class separation of meta-learned and classical extractors"
  static let summary =
    "R_FC and R_HV, the variation within classes beside that between them, of extractors trained "
    + "on episodes and as classifiers."
  static let claims: [ClaimStatement] = [
    .metaSeparatesBetter(in: SeparationPair.all([(.r2d2, .ridge), (.r2d2, .machine)]))
  ]

  static let departures = extractorDepartures + separationDepartures

  func draw(_ results: ExtractorGrid) -> Table {
    let columns = ClassSeparation.allCases.flatMap { measure in
      World.sets.map { (measure: measure, set: $0) }
    }
    return Table(
      Self.title,
      columns: columns.map {
        Table.Column("\($0.measure.title) \($0.set.title)", digits: 2, best: .lowest)
      },
      caption: "Means over pairs of training classes, and over seeds with 95 % intervals "
        + "(Student's t); low is well separated. \(results.networkCaption) The form is that of the authors' code, in which "
        + "R_HV may exceed one. Rows with R_FC and R_HV are not in the paper's table."
    ) {
      for (network, routine) in results.rows {
        Table.Row(
          results.title(network, routine),
          columns.map { column in
            let name = Extractor(column.set, network, routine).separationTitle.map {
              "\($0)/\(column.set.title)/\(column.measure.title)"
            }
            return results.separation(column.set, network, routine, column.measure, .released)?
              .cell(paper: name.flatMap { results.paper[$0] }) ?? .missing
          })
      }
    }
  }

  func claims(in results: ExtractorGrid) -> [ClaimStatement] {
    [.metaSeparatesBetter(in: results.pairs)]
  }

  func evidence(in results: ExtractorGrid) -> [String: [String: Evidence]] {
    [claims(in: results)[0].id: results.separationEvidence]
  }

  func metrics(in results: ExtractorGrid) -> [Metric] {
    results.cells.flatMap { cell in
      ClassSeparation.allCases.map { measure in
        let extractor = cell.extractor
        let name = extractor.separationTitle.map {
          "\($0)/\(extractor.set.title)/\(measure.title)"
        }
        return Metric(
          "\(measure == .featureClustering ? "fc" : "hv")-\(extractor.key)",
          cell.outcomes.map { $0.separation[measure, .released] }, tolerance: .relative(0.05),
          paperValue: name.flatMap {
            results.paper[$0] == nil ? nil : "goldblum2020/\(Self.name)/\($0)"
          })
      }
    } + results.firstLosses
  }
}
