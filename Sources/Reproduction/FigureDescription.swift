import Experiments
import Plotting

/// What a figure says about itself to other programs: the answer to `--describe`.
struct FigureDescription: Encodable {
  var name: String
  var paper: String
  var title: String
  var summary: String
  var version = PackageVersion.current
  var engine = EngineVersion.current
  var budgets = Budget.allCases.map(\.rawValue)
  var dataSets: [String]
  var presets: [String]
  var formats = PageFormat.allCases.map(\.rawValue)
  var seeds: [String: Int]
  var claims: [Claim]

  init<F: Figure>(of figure: F.Type) {
    name = F.name
    paper = F.paper
    title = F.title
    summary = F.summary
    dataSets = F.dataSets
    presets = F.presets
    seeds = Dictionary(
      uniqueKeysWithValues: Budget.allCases.map { ($0.rawValue, F.seedCount(within: $0)) })
    claims = F.claims
  }
}
