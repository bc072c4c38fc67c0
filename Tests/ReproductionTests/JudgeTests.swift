import Claims
import Experiments
import Foundation
import Statistics
import Testing

@testable import Reproduction

struct JudgeTests {
  @Test func verdictsFollowFromResultsAlone() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run() == 0)
    let file = session.folder.appending(path: "figures/fig0-toy.json")
    var record = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(contentsOf: file))
    let written = record.claims
    #expect(await session.run("--judge", file.path) == 0)
    func findings() throws -> [Finding] {
      try CanonicalJSON.decode([Finding].self, from: Data(session.output.utf8))
    }
    #expect(try findings() == written)

    // A verdict that somebody wrote into the file counts for nothing; results do.
    record.claims[0].verdict = .inconclusive
    try CanonicalJSON.encode(record).write(to: file)
    #expect(await session.run("--judge", file.path) == 0)
    #expect(try findings().map(\.verdict) == [.reproduced])
    record.results.tosses = record.results.tosses.map { $0.map { -$0 } }
    try CanonicalJSON.encode(record).write(to: file)
    #expect(await session.run("--judge", file.path) == 0)
    #expect(try findings().map(\.verdict) == [.notReproduced])

    try Data("{}".utf8).write(to: file)
    #expect(await session.run("--judge", file.path) == 1)
  }

  @Test func whatDivergedIsDrawnAndNamedAndDecidesNothing() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--seeds", "3") == 0)
    let file = session.folder.appending(path: "figures/fig0-toy.json")
    var record = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(contentsOf: file))
    #expect(record.warning == nil)
    record.results.tosses = PerSeed(record.results.tosses.values.map { [.infinity] + $0 })
    try CanonicalJSON.encode(record).write(to: file)
    #expect(await session.run("--render", file.path) == 0)
    let drawn = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(contentsOf: file))
    #expect(drawn.claims.map(\.verdict) == [.inconclusive])
    #expect(drawn.metrics["mean-toss"]?.interval.isBounded == false)
    let warning = try #require(drawn.warning)
    #expect(warning.hasPrefix("not finite: first-toss (seed 0 and 2 more) and 1 more; "))
  }

  @Test func whatIsKeptHasTheSameVerdicts() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run() == 0)
    let file = session.folder.appending(path: "figures/fig0-toy.json")
    let whole = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(contentsOf: file))
    #expect(await session.run("--abridge", file.path) == 0)
    let kept = Data(session.output.utf8)
    var record = try CanonicalJSON.decode(FigureRecord<ToyFigure.Results>.self, from: kept)
    #expect(record.results.pixels == nil && whole.results.pixels != nil)
    record.results.pixels = whole.results.pixels
    // All else is byte for byte what the figure wrote.
    #expect(try CanonicalJSON.encodeForReading(record) == Data(contentsOf: file))

    try kept.write(to: file)
    #expect(await session.run("--judge", file.path) == 0)
    #expect(
      try CanonicalJSON.decode([Finding].self, from: Data(session.output.utf8)) == whole.claims)
    #expect(await session.run("--abridge", "/nowhere.json") == 1)
  }

  @Test func whatIsKeptIsDrawnAsTheFigureDrewIt() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--seeds", "3") == 0)
    let (picture, csv) = (try session.file("fig0-toy.png"), try session.file("fig0-toy.csv"))
    let file = session.folder.appending(path: "figures/fig0-toy.json").path
    #expect(await session.run("--abridge", file) == 0)
    let kept = session.folder.appending(path: "kept.json")
    try Data(session.output.utf8).write(to: kept)

    let other = session.folder.appending(path: "elsewhere")
    // The options are those that the results were made with, not those of the command line.
    #expect(
      await session.runPlainly(["--render", kept.path, "--seeds", "9", "--output", other.path]) == 0
    )
    func drawn(_ name: String) throws -> Data {
      try Data(contentsOf: other.appending(path: "figures/\(name)"))
    }
    #expect(try drawn("fig0-toy.png") == picture)
    #expect(try drawn("fig0-toy.csv") == csv)
    #expect(!FileManager.default.fileExists(atPath: other.appending(path: "runs").path))
    #expect(await session.run("--render", "/nowhere.json") == 1)
    #expect(session.errors.contains("/nowhere.json"))
  }

  @Test func aSummaryIsReadFromAnyFigure() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run() == 0)
    let summary = try FigureSummary.read(
      session.folder.appending(path: "figures/fig0-toy.json"))
    #expect(summary.figure == "fig0-toy")
    #expect(summary.extent == "standard")
    #expect(summary.metrics.keys.sorted() == ["first-toss", "mean-toss"])
    let options = try #require(summary.provenance.options)
    #expect(options == FigureOptions())
    #expect(options.arguments == ["--budget", "standard", "--seeds", "5"])
  }

  @Test func aListingSurvivesItsLine() throws {
    let run = try PlannedRun(Toss(seed: 3, count: 2))
    let listing = RunListing(run, index: 0, isStored: true)
    let read = try #require(RunListing(line: String(listing.line.dropLast())))
    #expect(read.key == run.key && read.isStored)
    #expect(read.estimatedSeconds == 0.5 && read.estimatedBytes == nil)
    #expect(read.description == run.description)
    #expect(RunListing(line: "later") == nil)
  }

  @Test func everyErratumSaysAll() throws {
    let errata = try Erratum.all(in: DataFolder.located())
    #expect(Set(errata.map(\.id)).count == errata.count)
    for erratum in errata {
      for text in [erratum.id, erratum.paper, erratum.place, erratum.problem, erratum.reading] {
        #expect(!text.isEmpty)
      }
    }
    let ids = Set(errata.map(\.id))
    #expect(
      ids.isSuperset(of: [
        "E1", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14", "E15", "E24", "E26",
      ]))
  }
}
