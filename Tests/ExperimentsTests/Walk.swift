import Experiments
import Foundation

/// A toy with epochs and a state: the outcome depends on every bit of every checkpoint.
struct Walk: Experiment {
  static let name = "walk"
  var epochs = 6
  var seed: UInt64 = 1
  var label = ""

  struct Outcome: Codable, Equatable, Sendable {
    var positions: [Double]
    var label: String
  }

  func run(_ context: RunContext) async throws -> Outcome {
    var state = seed
    var positions: [Double] = []
    if let checkpoint = try context.checkpoints.latest(with: ["state.json"]),
      let bytes = checkpoint.pieces["state.json"]
    {
      (state, positions) = try JSONDecoder().decode(State.self, from: bytes).values
    }
    let stage = context.progress.stage("walk", total: epochs, done: positions.count)
    for epoch in positions.count..<epochs {
      try Task.checkCancellation()
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      positions.append((positions.last ?? 0) + Double(state >> 11) * 0x1p-53 - 0.5)
      try note(epoch + 1, context)
      try context.checkpoints.save(
        ["state.json": CanonicalJSON.encode(State(state: state, positions: positions))],
        afterEpoch: epoch + 1)
      stage.advance(to: epoch + 1)
      if epoch + 1 < epochs { try context.stopIfEnough(afterEpoch: epoch + 1) }
      if ProcessInfo.processInfo.environment["WALK_IS_SLOW"] != nil {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    stage.finish()
    return Outcome(positions: positions, label: label)
  }

  /// One line for each epoch computed, by whatever process, in a file beside the store.
  private func note(_ epoch: Int, _ context: RunContext) throws {
    let journal = open(Self.journal(of: context.runs).path, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    let line = "\(epoch)\n"
    write(journal, line, line.utf8.count)
    close(journal)
  }

  static func journal(of runs: RunStore) -> URL {
    runs.folder.deletingLastPathComponent().appending(path: "journal.txt")
  }

  /// The epochs that were computed so far, in the order in which that happened.
  static func computedEpochs(in runs: RunStore) -> [Int] {
    let text = (try? String(contentsOf: journal(of: runs), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { Int($0) }
  }

  private struct State: Codable {
    var state: UInt64
    var positions: [Double]
    var values: (UInt64, [Double]) { (state, positions) }
  }
}
