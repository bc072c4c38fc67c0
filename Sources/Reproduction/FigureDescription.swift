import Claims
import Experiments
import Plotting

/// What a figure says about itself to other programs: the answer to `--describe`.
package struct FigureDescription: Codable, Sendable {
  package var name: String
  package var paper: String
  package var title: String
  package var summary: String
  package var version = PackageVersion.current
  package var engine = EngineVersion.current
  package var budgets = Budget.allCases.map(\.rawValue)
  package var dataSets: [String]
  package var presets: [String]
  package var formats = PageFormat.allCases.map(\.rawValue)
  package var seeds: [String: Int]
  package var claims: [ClaimStatement]
  package var departures: [String]

  init<F: Figure>(of figure: F.Type) {
    name = F.identity.name
    paper = F.identity.paper
    title = F.identity.title
    summary = F.identity.summary
    dataSets = FigureCommand<F>.dataChoices
    presets = F.identity.presets
    seeds = Dictionary(
      uniqueKeysWithValues: Budget.allCases.map { ($0.rawValue, F.seedCount(within: $0)) })
    claims = F.claims(ClaimScope()).map(\.statement)
    departures = F.departures
  }
}
