import Claims
import Experiments
import Foundation
import Plotting
import Statistics

@testable import Reproduction

/// An experiment in no time, which leaves a mark in its folder every time it is really run.
struct Toss: Experiment {
  static let name = "toss"
  var seed: UInt64
  var count: Int
  var estimatedSeconds: Double? { 0.5 }

  func run(_ context: RunContext) async throws -> [Double] {
    let file = context.folder.appending(path: "times")
    let times = FileManager.default.contents(atPath: file.path) ?? Data()
    try AtomicFile.write(times + Data("run\n".utf8), to: file)
    var state = seed &+ 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }
}

struct ToyFigure: Figure {
  static let identity = FigureIdentity(
    "fig0-toy", of: "Nobody2000", title: "A toy, “quoted”, with ümlauts",
    summary: "Means of tosses.", dataSets: ["coins", "dice"], presets: ["fair"])
  static let environment = ["kernels": "none"]

  struct Results: Codable, Equatable, Sendable {
    var tosses: PerSeed<[Double]>
    /// What no claim rests on.
    var pixels: [Double]?
  }

  private func toss(_ options: FigureOptions, seed: UInt64) -> Toss {
    Toss(seed: seed, count: options.budget.pick(smoke: 3, standard: 30))
  }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    try perSeed(options.seeds) { try Study(toss(options, seed: $0)) }
      .map { Results(tosses: $0, pixels: [0.5, 0.25]) }
      .using([DataFingerprint(name: options.data.name, digest: "0123abcd")])
  }

  func abridged(_ results: Results) -> Results {
    var results = results
    results.pixels = nil
    return results
  }

  func draw(_ results: Results) -> ToyPicture {
    ToyPicture(words: "\(results.tosses.values)")
  }

  private static func means(in results: Results) -> PerSeed<Double> {
    results.tosses.map { $0.reduce(0, +) / Double($0.count) }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "nobody2000/fig0-toy/mean-positive", quoting: "The mean is positive.", at: "Section 1"
      ) {
        Criterion("mean", statistic: "mean of all tosses", .positive) { means(in: $0) }
      }
    ]
  }

  func quantities(in results: Results) -> [Quantity] {
    Quantity(
      "toss", results.tosses, over: "number", results.tosses.values[0].indices.map { $0 },
      holding: [.first("first-toss", within: .absolute(1e-6))])
    Quantity("mean-toss", Self.means(in: results))
  }
}

/// A picture whose bytes tell what it was asked for.
struct ToyPicture: Drawable {
  var words: String

  func encoded(
    as format: PageFormat, dotsPerInch: Double, caption: String,
    texts: KeyValuePairs<String, String>
  ) throws -> Data {
    if format == .svg { throw FigureError.failed("no ink left; buy some") }
    let lines = ["\(format)", caption, words] + texts.map { "\($0.key): \($0.value)" }
    return Data(lines.joined(separator: "\n").utf8)
  }
}
