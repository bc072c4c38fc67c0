import Experiments
import Foundation
import TestSupport
import Testing

@testable import Refigure

/// What is needed is never deleted, whatever goes wrong while the figures are asked.
struct GarbageTests {
  private static let collect = "gc --unneeded --unfinished --output Output"

  private let suite: FakeSuite
  /// A run that a figure needs, the same with another seed, and one of other settings.
  private let needed, variant, old: RunKey

  init() async throws {
    suite = try FakeSuite()
    let counts = [
      Count(upTo: 3, seed: 0), Count(upTo: 3, seed: 7), Count(upTo: 4, seed: 0),
    ]
    for count in counts { _ = try await suite.store.outcome(of: count) }
    let keys = try counts.map { try RunKey(of: $0) }
    (needed, variant, old) = (keys[0], keys[1], keys[2])
  }

  /// The name of the plan that an answer ends with.
  private func plan(_ answer: Child.Answer) throws -> String {
    try String(#require(answer.output.firstMatch(of: /--delete ([0-9a-f]{8})\n/)).output.1)
  }

  private func expectAllKept(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(
      try suite.store.keys() == [needed, variant, old].sorted(), sourceLocation: sourceLocation)
  }

  @Test func whatNoFigureNeedsGoesToTheTrashAndThenAway() throws {
    try suite.add("fig1-a", .runs([needed]))
    let shown = try suite.refigure(Self.collect)
    #expect(shown.code == 0, "\(shown.complaints)")
    #expect(shown.output.contains("1 run"))
    #expect(shown.output.contains("made with other options"))
    #expect(shown.output.contains("\(variant)") && !shown.output.contains("\(needed)"))
    try expectAllKept()
    let deleted = try suite.refigure(Self.collect + " --delete " + plan(shown))
    #expect(deleted.code == 0, "\(deleted.complaints)")
    #expect(try suite.store.keys() == [needed, variant].sorted())
    let trash = suite.store.trash.appending(path: "\(old)/outcome.json").path
    #expect(FileManager.default.fileExists(atPath: trash))
    #expect(try suite.refigure(Self.collect).output.contains("of old trash deleted"))
    #expect(!FileManager.default.fileExists(atPath: suite.store.trash.path))
    #expect(try suite.store.keys() == [needed, variant].sorted())
  }

  @Test func aChangedPlanIsNotCarriedOut() async throws {
    try suite.add("fig1-a", .runs([needed]))
    let plan = try plan(suite.refigure(Self.collect))
    _ = try await suite.store.outcome(of: Count(upTo: 5, seed: 0))
    let answer = try suite.refigure(Self.collect + " --delete \(plan)")
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("nothing is deleted"))
    #expect(try suite.store.keys().count == 4)
    #expect(try suite.refigure(Self.collect + " --delete").code == 2)
    #expect(try suite.store.keys().count == 4)
  }

  @Test func aFigureThatDiesDeletesNothing() throws {
    try suite.add("fig1-a", .runs([]))
    try suite.add("fig2-b", .signal(9))
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("fig2-b cannot list its runs (137)"))
    #expect(answer.complaints.contains("nothing is deleted"))
    #expect(answer.output.isEmpty)
    try expectAllKept()
  }

  @Test func aFigureThatDoesNotSayWhatItIsDeletesNothing() throws {
    try suite.add("fig1-a", .runs([]))
    try suite.script("fig2-b", "exit 1")
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 1 && answer.complaints.contains("fig2-b"))
    #expect(answer.output.isEmpty)
  }

  @Test func aFigureThatIsNotBuiltDeletesNothing() throws {
    try suite.add("fig1-a", .runs([]))
    try suite.folder.write([], to: "Data/papers/none")
    try suite.folder.write([], to: "Figures/Nobody2000/fig1-a/Figure.swift")
    try suite.folder.write([], to: "Figures/Nobody2000/fig2-b/Figure.swift")
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 1 && answer.complaints.contains("fig2-b not built"))
    #expect(answer.output.isEmpty)
  }

  @Test func aFigureWithoutItsDataKeepsItsExperiments() throws {
    try suite.add("fig1-a", .standIns([needed]))
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 0)
    #expect(answer.output.contains("nothing in vain"))
    #expect(answer.complaints.contains("no data in here"))
  }

  @Test func aFigureThatListsNothingWithoutItsDataKeepsAll() throws {
    try suite.add("fig1-a", .runs([needed]))
    try suite.add("fig2-b", .absent)
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 0 && answer.output.contains("nothing in vain"))
  }

  /// The superuser may read all files, but not a link to itself.
  @Test(arguments: ["description.json", "outcome.json"])
  func aRunThatCannotBeReadDeletesNothing(name: String) throws {
    try suite.add("fig1-a", .runs([needed]))
    let file = suite.store.folder(of: old).appending(path: name)
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: name)
    let answer = try suite.refigure(Self.collect)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("cannot read \(file.path)"), "\(answer.complaints)")
    #expect(answer.output.isEmpty)
    try expectAllKept()
  }

  @Test func otherOptionsAreDeletedByKey() throws {
    try suite.add("fig1-a", .runs([needed]))
    let key = "gc --output Output --key \(variant)"
    let answer = try suite.refigure(key + " --delete " + plan(suite.refigure(key)))
    #expect(answer.code == 0)
    #expect(try suite.store.keys() == [needed, old].sorted())
    #expect(try suite.refigure("gc --output Output --key count-0000000000000000").code == 2)
  }

  /// A name space of our own lets anyone mount a folder that is full.
  private static let canMount =
    (try? Child.output(
      of: URL(filePath: "/usr/bin/unshare"),
      ["-rm", "sh", "-c", "mount -t tmpfs -o size=4k none /mnt"], complaints: .collected))?.code
    == 0

  @Test(.enabled(if: canMount), arguments: [0, 4, 8, 16])
  func withoutSpaceForTemporaryFilesNothingIsDeleted(kilobytes: Int) throws {
    let lines = [RunKey](repeating: needed, count: 400)
    try suite.add("fig1-a", .runs(lines))
    try FileManager.default.createDirectory(
      at: suite.folder.url.appending(path: "small"), withIntermediateDirectories: true)
    let answer = try suite.refigure(
      Self.collect,
      prefix: """
        unshare -rm sh -c 'mount -t tmpfs -o size=\(kilobytes + 4)k none small; \
        head -c 4096 /dev/zero > small/rest; TMPDIR=$PWD/small exec "$0" "$@"'
        """)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("no space left in"), "\(answer.complaints)")
    #expect(answer.output.isEmpty)
    try expectAllKept()
  }
}
