import Claims
import Experiments
import Foundation
import Plotting
import Reproduction
import Statistics

/// A sum that builds on those of the wave before it, in epochs of a few milliseconds each, or of `EPOCH_MILLISECONDS`.
struct Sum: Experiment {
  static let name = "sum"
  var wave: Int
  var place: Int
  var seed: Int

  private static let epochs = 5
  /// The length of an epoch, in which nothing is computed, so that many fit onto one processor.
  private static let milliseconds =
    ProcessInfo.processInfo.environment["EPOCH_MILLISECONDS"].flatMap(Int.init) ?? 3

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
      try await Task.sleep(for: .milliseconds(Self.milliseconds))
      EpochLog.note("\(context.key) \(sums.count)")
      sums.append(sums[sums.count - 1] &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407)
      try context.checkpoints.save(
        ["sums.json": try CanonicalJSON.encode(sums)], afterEpoch: sums.count - 1)
    }
    return sums
  }
}

/// Who has computed which epoch, in the file that `EPOCH_LOG` names, for `Tests/Scale/hosts`.
private enum EpochLog {
  static func note(_ epoch: String) {
    let environment = ProcessInfo.processInfo.environment
    guard let path = environment["EPOCH_LOG"] else { return }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    precondition(file >= 0, "\(path) cannot be written")
    defer { close(file) }
    // One write, so that lines of several hosts do not mix.
    let line = Array("\(epoch) \(environment["HOST"] ?? "?")\n".utf8)
    precondition(write(file, line, line.count) == line.count, "\(path) is full")
  }
}

/// A figure whose runs build on runs in four waves, deeper than any paper's, for `Tests/Scale`.
@main
struct FourWaves: Figure {
  static let identity = FigureIdentity(
    "fig0-four-waves", of: "Nobody2000", title: "Four waves",
    summary: "Sums of sums of sums of sums.")

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
