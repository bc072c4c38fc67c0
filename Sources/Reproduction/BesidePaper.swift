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
  /// How the images of each set are called, by the set's name: `glyphs for Omniglot`.
  public var images: [String: String]
  /// Whether images and protocol are the paper's, so that its numbers can be compared with ours.
  public var isPapersWorld: Bool

  /// What a caption says of the paper's numbers.
  public var caption: String {
    paper.isEmpty
      ? ""
      : isPapersWorld
        ? " Grey: the paper's." : " Grey: the paper's, from a larger world or other images."
  }

  /// The whole name of the paper's number, if it states one.
  public func id(_ name: String) -> String? { paper[name].map { _ in prefix + name } }
}

extension Study where Value: Codable {
  /// The same study, with the paper's own numbers for a figure beside its answer.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - images: How the images of each set are called, by the set's name.
  ///   - isPapersWorld: Whether images and protocol are the paper's.
  /// - Returns: The study with those numbers.
  /// - Throws: What is wrong with the file of the paper's numbers.
  public func besidePaper(
    _ figure: FigureIdentity, images: [String: String] = [:], isPapersWorld: Bool
  ) throws -> Study<BesidePaper<Value>> {
    let short = figure.paper.lowercased()
    let paper = try PaperValues.load(short, from: .located()).numbers(of: figure.name)
    return map {
      BesidePaper(
        found: $0, paper: paper, prefix: "\(short)/\(figure.name)/", images: images,
        isPapersWorld: isPapersWorld)
    }
  }
}
