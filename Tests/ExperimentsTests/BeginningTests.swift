import Foundation
import Testing

@testable import Experiments

struct BeginningTests {
  @Test func aRunGoesNoFurtherThanItIsAskedTo() async throws {
    let (scratch, other) = (try Scratch(), try Scratch())
    let checkpoint = try await scratch.store.checkpoint(of: Walk(), afterEpoch: 4)
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3, 4])
    #expect(try !scratch.store.contains(RunKey(of: Walk())))
    // What is there is read, and the rest follows from it.
    _ = try await scratch.store.checkpoint(of: Walk(), afterEpoch: 2)
    #expect(try await scratch.store.outcome(of: Walk()) == other.store.outcome(of: Walk()))
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3, 4, 5, 6])
    #expect(try await scratch.store.checkpoint(of: Walk(), afterEpoch: 4) == checkpoint)
    let files = try [scratch, other].map { scratch in
      try Scratch.files(in: scratch.folder(of: Walk()))
    }
    #expect(files[0] == files[1])
  }

  @Test func aBeginningIsTheWholeRunInTheStore() async throws {
    let scratch = try Scratch()
    let planned = try PlannedRun(Beginning(of: Walk(), epochs: 3))
    #expect(try planned.key == RunKey(of: Walk()))
    #expect(planned.title == "\(planned.key) to epoch 3")
    #expect(try PlannedRun(Walk()).title == planned.key.description)
    #expect(!planned.isDone(in: scratch.store))
    try await scratch.store.complete([planned])
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3])
    #expect(planned.isDone(in: scratch.store))
    #expect(try !PlannedRun(Walk()).isDone(in: scratch.store))
    try await scratch.store.complete([planned, PlannedRun(Walk())])
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3, 4, 5, 6])
  }

  @Test func whatBuildsOnABeginningHasItsFoundations() async throws {
    struct Look: Experiment {
      static let name = "look"
      func run(_ context: RunContext) async throws -> Int {
        try await context.runs.checkpoint(of: Walk(), afterEpoch: 2).epoch
      }
    }
    let scratch = try Scratch()
    #expect(try await scratch.store.outcome(of: Look()) == 2)
    let keys = try [RunKey(of: Look()), RunKey(of: Walk())]
    let found = try scratch.store.foundations(of: [keys[0]])
    #expect(found.keys == Set(keys) && found.areComplete)
    #expect(try scratch.store.runsWithFoundations([keys[0]])?.map(\.key) == keys.sorted())
  }

  @Test func aDamagedCheckpointOfAnUnfinishedRunIsMadeAgain() async throws {
    let scratch = try Scratch()
    let checkpoint = try await scratch.store.checkpoint(of: Walk(), afterEpoch: 3)
    let piece = try scratch.folder(of: Walk())
      .appending(path: "checkpoints/epoch-000003/state.json")
    var bytes = try Data(contentsOf: piece)
    bytes[9] ^= 4
    try bytes.write(to: piece)
    #expect(try await scratch.store.checkpoint(of: Walk(), afterEpoch: 3) == checkpoint)
    #expect(Walk.computedEpochs(in: scratch.store) == [1, 2, 3, 3])
    #expect(scratch.warnings.count == 1)
  }
}
