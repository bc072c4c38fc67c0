import Claims
import Experiments
import Plotting
import Statistics

/// What was found, with the paper's own numbers for the figure.
public struct BesidePaper<Found: Codable & Sendable>: Codable, Sendable {
  /// What was found.
  public var found: Found
  /// What the paper says, by what follows the figure in the names of `Data/papers`.
  public var paper: [String: Double]
  /// The paper's short name and the figure's: what precedes in those names.
  public var prefix: String

  /// The whole name of the paper's number, if it states one.
  public func id(_ name: String) -> String? { paper[name].map { _ in prefix + name } }
}

extension Study where Value: Codable {
  /// The same study, with the paper's own numbers for a figure beside its answer.
  public func besidePaper(_ figure: FigureIdentity) throws -> Study<BesidePaper<Value>> {
    let short = figure.paper.lowercased()
    let paper = try PaperValues.load(short, from: .located()).numbers(of: figure.name)
    return map { BesidePaper(found: $0, paper: paper, prefix: "\(short)/\(figure.name)/") }
  }
}
