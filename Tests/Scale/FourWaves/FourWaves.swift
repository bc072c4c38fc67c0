import Claims
import Experiments
import Foundation
import Plotting
import Reproduction
import Statistics

/// A sum that builds on those of the wave before it, in epochs of a few milliseconds each.
struct Sum: Experiment {
  static let name = "sum"
  var wave: Int
  var place: Int
  var seed: Int

  private static let epochs = 5

  /// Two neighbours of the wave before.
  private var builtOn: [Sum] {
    wave == 1 ? [] : [place, place + 1].map { Sum(wave: wave - 1, place: $0, seed: seed) }
  }

  var foundations: [any Experiment] { builtOn }

  func run(_ context: RunContext) async throws -> [UInt64] {
    var sums = [UInt64(wave + 10 * place + 100 * seed)]
    for sum in builtOn { sums[0] &+= try await context.runs.outcome(of: sum)[Self.epochs] }
    if let checkpoint = try context.checkpoints.latest(with: ["sums.json"]),
      let bytes = checkpoint.pieces["sums.json"]
    {
      sums = try CanonicalJSON.decode([UInt64].self, from: bytes)
    }
    while sums.count <= Self.epochs {
      try Task.checkCancellation()
      // Long enough to be hit, of one bit pattern whatever happens.
      try await Task.sleep(for: .milliseconds(3))
      sums.append(sums[sums.count - 1] &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407)
      try context.checkpoints.save(
        ["sums.json": try CanonicalJSON.encode(sums)], afterEpoch: sums.count - 1)
    }
    return sums
  }
}

/// A figure whose runs build on runs in four waves, deeper than any paper's, for `Tests/Scale/kill`.
@main
struct FourWaves: Figure {
  static let identity = FigureIdentity(
    "four-waves", of: "Nobody2000", title: "Four waves", summary: "Sums of sums of sums of sums.")

  func study(_ options: FigureOptions) throws -> Study<PerSeed<Double>> {
    try perSeed(options.seeds) { seed in
      try Study(Sum(wave: 4, place: 0, seed: Int(seed))).map { Double($0[$0.count - 1] >> 11) }
    }
  }

  func draw(_ results: PerSeed<Double>) -> Picture {
    Picture(height: 2) {
      Plot("sums", x: Axis("seed"), y: Axis("sum")) {
        Line(results.seeds.map { Double($0) }, results.values)
      }
    }
  }

  func quantities(in results: PerSeed<Double>) -> [Quantity] { Quantity("sum", results) }
}
