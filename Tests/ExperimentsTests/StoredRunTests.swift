import Foundation
import Testing

@testable import Experiments

struct StoredRunTests {
  @Test func theEnvironmentIsNotedAndNoPartOfTheRun() async throws {
    let scratch = try Scratch()
    let key = try RunKey(of: Walk())
    let haswell = scratch.store.recording(environment: ["kernels": "Haswell"])
    let outcome = try await haswell.outcome(of: Walk())
    #expect(try haswell.stored(key).environments == [["kernels": "Haswell"]])
    // What is stored is not run again elsewhere, and keeps its note.
    let skylake = scratch.store.recording(environment: ["kernels": "SkylakeX"])
    #expect(try await skylake.outcome(of: Walk()) == outcome)
    #expect(try skylake.stored(key).environments == [["kernels": "Haswell"]])
    // A run that goes on elsewhere has both.
    try FileManager.default.removeItem(
      at: skylake.folder(of: key).appending(path: "outcome.json"))
    #expect(try skylake.stored(key).state == .unfinished(epoch: 6))
    #expect(try await skylake.outcome(of: Walk()) == outcome)
    #expect(
      try skylake.stored(key).environments == [["kernels": "Haswell"], ["kernels": "SkylakeX"]])
    #expect(try skylake.stored(key).cost?.isResumed == true)
  }

  @Test func aRunIsSeenAsItIs() async throws {
    let scratch = try Scratch()
    let run = scratch.store.stored(try RunKey(of: Walk()))
    #expect(try run.state == .absent)
    _ = try await scratch.store.outcome(of: Walk())
    #expect(try run.state == .finished)
    #expect(try run.checkpoints.epochs == Array(1...6))
    #expect(run.size > 1000)
    let file = run.folder.appending(path: "outcome.json")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    guard case .damaged = try run.state else {
      Issue.record("\(try run.state) is not damaged")
      return
    }
    _ = try await scratch.store.outcome(of: Walk())
    #expect(try run.state == .finished)
    #expect(try run.damagedRemains().count == 1)
  }

  /// As an unreadable file is for anyone but the superuser, who may read all: a link to itself.
  private func makeUnreadable(_ file: URL) throws {
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(
      atPath: file.path, withDestinationPath: file.lastPathComponent)
  }

  @Test(arguments: ["outcome.json", "checkpoints/epoch-000006/manifest.json"])
  func whatCannotBeReadIsNeitherAbsentNorDamaged(name: String) async throws {
    let scratch = try Scratch()
    let key = try RunKey(of: Walk())
    _ = try await scratch.store.outcome(of: Walk())
    let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.store.folder.path)
    try makeUnreadable(scratch.store.folder(of: key).appending(path: name))
    let error = await #expect(throws: StorageError.self) {
      _ = try await scratch.store.outcome(of: Walk())
      _ = try await scratch.store.checkpoint(of: Walk(), afterEpoch: 6)
    }
    #expect(error?.description.contains("cannot read") == true)
    #expect(error?.path.hasSuffix(name) == true)
    // Nothing was moved aside, deleted, or computed again.
    #expect(try FileManager.default.subpathsOfDirectory(atPath: scratch.store.folder.path) == names)
    #expect(Walk.computedEpochs(in: scratch.store) == Array(1...6))
  }

  @Test func aRunThatCannotBeReadHasNoState() async throws {
    let scratch = try Scratch()
    let run = scratch.store.stored(try RunKey(of: Walk()))
    _ = try await scratch.store.outcome(of: Walk())
    try makeUnreadable(run.folder.appending(path: "outcome.json"))
    #expect(throws: StorageError.self) { try run.state }
    try makeUnreadable(run.folder.appending(path: "description.json"))
    #expect(throws: StorageError.self) { try run.description }
    #expect(throws: StorageError.self) { try scratch.store.foundations(of: [run.key]) }
  }

  @Test func aFolderBehindALinkThatLeadsNowhereIsNotEmpty() throws {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(
      at: scratch.store.folder, withDestinationURL: URL(filePath: "/nowhere/runs"))
    #expect(throws: StorageError.self) { try scratch.store.keys() }
  }

  @Test func aRunUnderWayIsNotRemoved() async throws {
    let scratch = try Scratch()
    let key = try RunKey(of: Walk())
    _ = try await scratch.store.outcome(of: Walk())
    let claim = try RunLock.attempt(scratch.store.folder(of: key).appending(path: "claim"))
    #expect(claim != nil)
    #expect(scratch.store.stored(key).isBeingRun)
    #expect(try !scratch.store.moveToTrashIfIdle(key))
    #expect(scratch.store.contains(key))
    claim?.release()
    #expect(!scratch.store.stored(key).isBeingRun)
    #expect(try scratch.store.moveToTrashIfIdle(key))
    #expect(try scratch.store.keys().isEmpty)
  }

  @Test func whyARunFailedIsKeptUntilItIsBegunAgain() async throws {
    let scratch = try Scratch()
    let run = scratch.store.stored(try RunKey(of: Fragile()))
    #expect(try run.failure == nil)
    await #expect(throws: Fragile.Broken.self) {
      _ = try await scratch.store.outcome(of: Fragile())
    }
    #expect(try run.failure == "no glue in here")
    #expect(try run.state == .unfinished(epoch: nil))
    try Data().write(to: Fragile.glue(beside: scratch.store))
    #expect(try await scratch.store.outcome(of: Fragile()) == 1)
    #expect(try run.failure == nil)
    #expect(try run.state == .finished)
  }
}

/// An experiment that fails unless there is a file beside the store.
private struct Fragile: Experiment {
  static let name = "fragile"

  struct Broken: Error, CustomStringConvertible {
    var description: String { "no glue in here" }
  }

  static func glue(beside store: RunStore) -> URL {
    store.folder.deletingLastPathComponent().appending(path: "glue")
  }

  func run(_ context: RunContext) async throws -> Int {
    guard FileManager.default.fileExists(atPath: Self.glue(beside: context.runs).path) else {
      throw Broken()
    }
    return 1
  }
}
