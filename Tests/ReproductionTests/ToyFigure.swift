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
  static let name = "fig0-toy"
  static let paper = "Nobody2000"
  static let title = "A toy, “quoted”, with ümlauts"
  static let summary = "Means of tosses."
  static let dataSets = ["coins", "dice"]
  static let presets = ["fair"]
  static let environment = ["kernels": "none"]
  static let claims = [
    ClaimStatement(
      "nobody2000/fig0-toy/mean-positive",
      quotation: ClaimStatement.Quotation("The mean is positive.", at: "Section 1"),
      criteria: [CriterionStatement("mean", statistic: "mean of all tosses", rule: .positive)])
  ]

  struct Results: Codable, Equatable, Sendable {
    var tosses: PerSeed<[Double]>
    /// What no claim rests on.
    var pixels: [Double]?
  }

  private func toss(_ options: FigureOptions, seed: UInt64) -> Toss {
    Toss(seed: seed, count: options.budget.pick(smoke: 3, standard: 30))
  }

  func dataDigests(for options: FigureOptions) throws -> [String: String] {
    [options.data ?? "coins": "0123abcd"]
  }

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try options.seeds.map { try PlannedRun(toss(options, seed: $0)) }
  }

  func measure(with context: FigureContext) async throws -> Results {
    Results(
      tosses: try await context.outcomes { toss(context.options, seed: $0) }, pixels: [0.5, 0.25])
  }

  func abridged(_ results: Results) -> Results {
    var results = results
    results.pixels = nil
    return results
  }

  func draw(_ results: Results) -> ToyPicture {
    ToyPicture(words: "\(results.tosses.values)")
  }

  private func means(in results: Results) -> PerSeed<Double> {
    results.tosses.map { $0.reduce(0, +) / Double($0.count) }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    [Self.claims[0].id: ["mean": .seeds(means(in: results))]]
  }

  func metrics(in results: Results) -> [Metric] {
    [
      Metric("first-toss", results.tosses.map { $0[0] }, tolerance: .absolute(1e-6)),
      Metric("mean-toss", means(in: results)),
    ]
  }
}

/// A picture whose bytes tell what it was asked for.
struct ToyPicture: Drawable {
  var words: String

  func encoded(
    as format: PageFormat, caption: String, texts: KeyValuePairs<String, String>
  ) throws -> Data {
    if format == .svg { throw FigureError.failed("no ink left; buy some") }
    let lines = ["\(format)", caption, words] + texts.map { "\($0.key): \($0.value)" }
    return Data(lines.joined(separator: "\n").utf8)
  }
}
