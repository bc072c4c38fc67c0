import Foundation
import Testing

@testable import Experiments

struct RunStoreTests {
  @Test func anOutcomeIsComputedOnce() async throws {
    let scratch = try Scratch()
    let first = try await scratch.store.outcome(of: Walk())
    let second = try await scratch.store.outcome(of: Walk())
    #expect(first == second)
    #expect(Walk.computedEpochs(in: scratch.store) == Array(1...6))
    #expect(try scratch.store.contains(RunKey(of: Walk())))
    #expect(try scratch.store.keys() == [RunKey(of: Walk())])
    #expect(scratch.warnings.isEmpty)
  }

  @Test func theDescriptionIsStoredWithItsDigest() async throws {
    let scratch = try Scratch()
    _ = try await scratch.store.outcome(of: Walk())
    let bytes = try Data(
      contentsOf: scratch.folder(of: Walk()).appending(path: "description.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let digest = try #require(json["sha256"] as? String)
    #expect(digest.hasPrefix(try RunKey(of: Walk()).digest))
    let content = try #require(json["content"] as? [String: Any])
    #expect(content["name"] as? String == "walk")
  }

  @Test(arguments: ["Ω/läufe mit Leerzeichen", "走/ラン", "100% #?"])
  func folderAndSettingsMayBeUnicode(name: String) async throws {
    let scratch = try Scratch(name)
    let walk = Walk(epochs: 2, label: "ёж 🦔 \"\\\n\u{0}")
    let outcome = try await scratch.store.outcome(of: walk)
    #expect(outcome.label == walk.label)
    #expect(try await scratch.store.outcome(of: walk) == outcome)
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2])
  }

  @Test(arguments: 0..<40)
  func anyDamageIsFoundAndRepaired(seed: Int) async throws {
    let scratch = try Scratch()
    let walk = Walk(epochs: 2)
    let outcome = try await scratch.store.outcome(of: walk)
    let file = try scratch.folder(of: walk).appending(path: "outcome.json")
    let intact = try Data(contentsOf: file)
    var bytes = intact
    if seed % 2 == 0 {
      bytes[seed * 7919 % bytes.count] ^= 1 << (seed % 8)
    } else {
      bytes = bytes.prefix(seed * 7919 % bytes.count)
    }
    try bytes.write(to: file)
    #expect(try !scratch.store.contains(RunKey(of: walk)))
    #expect(try await scratch.store.outcome(of: walk) == outcome)
    #expect(try Data(contentsOf: file) == intact)
    #expect(scratch.warnings.count == 1)
    #expect(try Data(contentsOf: file.appendingPathExtension("damaged-1")) == bytes)
    // The checkpoints were intact, so that nothing had to be computed.
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2])
  }

  @Test func anOutcomeOfAnotherRunIsNotBelieved() async throws {
    let scratch = try Scratch()
    let outcome = try await scratch.store.outcome(of: Walk(seed: 1))
    let other = try await scratch.store.outcome(of: Walk(seed: 2))
    let file = try scratch.folder(of: Walk(seed: 1)).appending(path: "outcome.json")
    let foreign = try scratch.folder(of: Walk(seed: 2)).appending(path: "outcome.json")
    try Data(contentsOf: foreign).write(to: file)
    #expect(try await scratch.store.outcome(of: Walk(seed: 1)) == outcome)
    #expect(outcome != other)
    #expect(scratch.warnings.count == 1)
  }

  @Test func aDamagedDescriptionIsWrittenAnew() async throws {
    let scratch = try Scratch()
    _ = try await scratch.store.outcome(of: Walk())
    let folder = try scratch.folder(of: Walk())
    let before = try Scratch.files(in: folder)
    try Data("{}".utf8).write(to: folder.appending(path: "description.json"))
    try FileManager.default.removeItem(at: folder.appending(path: "outcome.json"))
    _ = try await scratch.store.outcome(of: Walk())
    #expect(try Scratch.files(in: folder) == before)
  }

  @Test func aFailureKeepsWhatWasDone() async throws {
    let scratch = try Scratch()
    struct Failing: Experiment {
      static let name = "failing"
      func run(_ context: RunContext) async throws -> Int {
        if let checkpoint = try context.checkpoints.latest() { return checkpoint.epoch }
        try context.checkpoints.save([:], afterEpoch: 3)
        throw CancellationError()
      }
    }
    await #expect(throws: CancellationError.self) {
      try await scratch.store.outcome(of: Failing())
    }
    #expect(try !scratch.store.contains(RunKey(of: Failing())))
    #expect(try await scratch.store.outcome(of: Failing()) == 3)
  }

  @Test func aCheckpointOfAFinishedRunIsMadeAgain() async throws {
    let scratch = try Scratch()
    _ = try await scratch.store.outcome(of: Walk())
    let checkpoint = try await scratch.store.checkpoint(of: Walk(), afterEpoch: 4)
    let folder = try scratch.folder(of: Walk())
    let before = try Scratch.files(in: folder)
    let piece = folder.appending(path: "checkpoints/epoch-000004/state.json")
    var bytes = try Data(contentsOf: piece)
    bytes[9] ^= 4
    try bytes.write(to: piece)
    #expect(try await scratch.store.checkpoint(of: Walk(), afterEpoch: 4) == checkpoint)
    #expect(try Scratch.files(in: folder) == before)
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3, 4, 5, 6, 4, 5, 6])
    #expect(scratch.warnings.count == 1)
  }

  @Test func anExperimentMayBuildOnAnother() async throws {
    struct Measurement: Experiment {
      static let name = "measurement"
      var walk: Walk
      func run(_ context: RunContext) async throws -> Double {
        let outcome = try await context.runs.outcome(of: walk)
        return try #require(outcome.positions.last)
      }
    }
    let scratch = try Scratch()
    let last = try await scratch.store.outcome(of: Measurement(walk: Walk()))
    #expect(try await scratch.store.outcome(of: Walk()).positions.last == last)
    #expect(Walk.computedEpochs(in: scratch.store) == Array(1...6))
  }

  @Test func anExperimentThatNeedsItselfIsAnError() async throws {
    struct Narcissus: Experiment {
      static let name = "narcissus"
      func run(_ context: RunContext) async throws -> Int {
        try await context.runs.outcome(of: Narcissus())
      }
    }
    let scratch = try Scratch()
    await #expect(throws: RunError.self) { try await scratch.store.outcome(of: Narcissus()) }
  }

  @Test func aDiscardedRunIsDoneAgain() async throws {
    let scratch = try Scratch()
    let planned = try PlannedRun(Walk(epochs: 2))
    try await planned.run(in: scratch.store)
    try await scratch.store.discard(planned.key)
    #expect(!scratch.store.contains(planned.key))
    try await planned.run(in: scratch.store)
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 1, 2])
  }

  @Test func workersAreNoPartOfARun() async throws {
    let scratch = try Scratch()
    _ = try await scratch.store.outcome(of: Walk(epochs: 2))
    let other = RunStore(folder: scratch.store.folder, workers: 7, progress: .silent)
    _ = try await other.outcome(of: Walk(epochs: 2))
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2])
  }
}
