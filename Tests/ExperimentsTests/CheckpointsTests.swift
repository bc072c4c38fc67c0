import Foundation
import Testing

@testable import Experiments

struct CheckpointsTests {
  let scratch: Scratch
  let messages = Messages()
  let checkpoints: Checkpoints

  init() throws {
    scratch = try Scratch()
    let messages = messages
    checkpoints = Checkpoints(folder: scratch.folder.appending(path: "checkpoints")) {
      messages.reporter.warn($0)
    }
    for epoch in [1, 2, 3] {
      try checkpoints.save(
        ["weights": Data([UInt8(epoch), 2, 3]), "optimizer": Data([9, UInt8(epoch)])],
        afterEpoch: epoch)
    }
  }

  private func file(_ path: String) -> URL { checkpoints.folder.appending(path: path) }

  @Test func theNewestIsFound() throws {
    let latest = try #require(try checkpoints.latest())
    #expect(latest.epoch == 3)
    #expect(latest.pieces == ["weights": Data([3, 2, 3]), "optimizer": Data([9, 3])])
    #expect(try checkpoints.epochs == [1, 2, 3])
    #expect(try checkpoints.load(epoch: 1).pieces["weights"] == Data([1, 2, 3]))
  }

  @Test func nothingIsFoundWhereNothingIs() throws {
    #expect(try Checkpoints(folder: file("none")) { _ in }.latest() == nil)
    #expect(throws: RunError.self) { try checkpoints.load(epoch: 7) }
  }

  @Test(arguments: ["weights", "optimizer", "manifest.json"])
  func aDamagedOneIsReportedAndSkipped(name: String) throws {
    let piece = file("epoch-000003/\(name)")
    var bytes = try Data(contentsOf: piece)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: piece)
    #expect(try checkpoints.latest()?.epoch == 2)
    #expect(messages.lines.count == 1)
    #expect(messages.all.contains("epoch-000003"))
    #expect(try checkpoints.latest()?.epoch == 2)
    #expect(messages.lines.count == 1)
  }

  @Test(arguments: ["weights", "manifest.json"])
  func anIncompleteOneIsReportedAndSkipped(name: String) throws {
    try FileManager.default.removeItem(at: file("epoch-000003/\(name)"))
    #expect(try checkpoints.latest()?.epoch == 2)
    #expect(messages.lines.count == 1)
  }

  @Test func onlyNumbersAreEpochs() throws {
    for name in ["epoch--00001", "epoch-+00004", "epoch-0x0004", "epoch-00004"] {
      try AtomicFile.makeFolder(file(name))
    }
    #expect(try checkpoints.epochs == [1, 2, 3])
    #expect(try checkpoints.latest()?.epoch == 3)
  }

  @Test func aManifestOfAnotherFormIsDamage() throws {
    try SealedFile.write(
      Data(#"{"digests":["weights"]}"#.utf8), to: file("epoch-000003/manifest.json"))
    #expect(try checkpoints.latest()?.epoch == 2)
    #expect(messages.all.contains("a manifest of another form"))
  }

  @Test func leftoversOfAKilledProcessVanish() throws {
    let leftover = file(TemporaryFile.name(for: "epoch-000004"))
    try FileManager.default.createDirectory(at: leftover, withIntermediateDirectories: true)
    #expect(try checkpoints.latest()?.epoch == 3)
    try checkpoints.save(["weights": Data()], afterEpoch: 4)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: checkpoints.folder.path).sorted()
        == ["epoch-000001", "epoch-000002", "epoch-000003", "epoch-000004"])
  }

  @Test func whatWasHalfDroppedVanishes() throws {
    let optimizer = try Data(contentsOf: file("epoch-000001/optimizer"))
    try checkpoints.drop("optimizer", beforeEpoch: 2)
    // As if killed after the manifest was written and before the piece was deleted, or before the
    // manifest had its name.
    try optimizer.write(to: file("epoch-000001/optimizer"))
    try Data().write(to: file("epoch-000002/" + TemporaryFile.name(for: "manifest.json")))
    try checkpoints.removeLeftovers()
    func names(_ epoch: Int) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: file("epoch-00000\(epoch)").path).sorted()
    }
    #expect(try names(1) == ["manifest.json", "weights"])
    #expect(try names(2) == ["manifest.json", "optimizer", "weights"])
    #expect(try checkpoints.latest()?.epoch == 3)
  }

  @Test func anEpochCanBeSavedAgain() throws {
    try checkpoints.save(["weights": Data([0])], afterEpoch: 3)
    #expect(try checkpoints.latest()?.pieces == ["weights": Data([0])])
  }

  @Test func aPieceCanBeDropped() throws {
    try checkpoints.drop("optimizer", beforeEpoch: 3)
    #expect(try checkpoints.load(epoch: 2).pieces == ["weights": Data([2, 2, 3])])
    #expect(!FileManager.default.fileExists(atPath: file("epoch-000002/optimizer").path))
    #expect(try checkpoints.latest(with: ["weights", "optimizer"])?.epoch == 3)
    try FileManager.default.removeItem(at: file("epoch-000003"))
    #expect(try checkpoints.latest(with: ["weights", "optimizer"]) == nil)
    #expect(try checkpoints.latest(with: ["weights"])?.epoch == 2)
    #expect(messages.lines.isEmpty)
  }
}
