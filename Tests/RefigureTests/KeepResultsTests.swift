import Claims
import Experiments
import Foundation
import Reproduction
import Testing

@testable import Refigure

/// What is kept goes where it belongs, and takes nothing away that is kept already.
struct KeepResultsTests {
  private static let figure = "tableD5-linear-rates"
  private let suite: FakeSuite

  /// A figure that computes nothing, and a `Data` folder without results.
  init() throws {
    suite = try FakeSuite()
    try suite.addReal(Self.figure)
    try FileManager.default.createDirectory(
      at: suite.folder.url.appending(path: "Data"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: DataFolder.located().url.appending(path: "papers"),
      to: suite.folder.url.appending(path: "Data/papers"))
  }

  private func make(_ flags: String) throws {
    let figure = suite.folder.url.appending(path: Self.figure)
    let answer = try Child.output(
      of: URL(filePath: "/bin/sh"),
      ["-c", "cd '\(suite.folder.url.path)'; '\(figure.path)' --output out --quiet \(flags)"])
    #expect(answer.code == 0)
  }

  private func keep() throws -> Child.Answer { try suite.refigure("keep --output out") }

  private func kept(_ name: String) throws -> String {
    String(
      decoding: try Data(
        contentsOf: suite.folder.url.appending(path: "Data/results/\(name).json")), as: UTF8.self)
  }

  /// Says in the figure's file that it was made in another way.
  private func claim(_ text: String, inPlaceOf old: String) throws {
    let file = suite.folder.url.appending(path: "out/figures/\(Self.figure).json")
    let json = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(json.contains(old))
    try Data(json.replacing(old, with: text).utf8).write(to: file)
  }

  @Test func seedsAreAddedOneByOne() throws {
    for seed in [3, 0] {
      try make("--seed \(seed) --seeds 1")
      let answer = try keep()
      #expect(answer.code == 0, "\(answer.complaints)")
    }
    #expect(try kept(Self.figure).contains(#""seeds" : "0 3""#))
    // More seeds at once replace what they hold.
    try make("--seeds 4")
    #expect(try keep().code == 0)
    #expect(try kept(Self.figure).contains(#""seeds" : "0 1 2 3""#))
  }

  private func timings() throws -> [FigureTiming] {
    try FigureTiming.read(suite.folder.url.appending(path: "Data/results/timings.json"))
  }

  /// What stand-ins took is not what published data took.
  @Test func timesAreThoseOfTheData() throws {
    try make("--seeds 1")
    #expect(try keep().code == 0)
    try make("--seeds 1")
    try claim(#""budget" : "standard", "data" : "published""#, inPlaceOf: #""budget" : "standard""#)
    #expect(try keep().code == 0)
    #expect(try timings().map(\.computed) == ["standard", "standard, published"])
  }

  /// Of results that are kept seed by seed the time is that of all seeds, each once.
  @Test func timesOfSeedsAreAddedUp() throws {
    try make("--seed 3 --seeds 1")
    #expect(try keep().code == 0)
    var timing = try #require(try timings().first)
    timing.coreSeconds = 60
    try FigureTiming.write(
      [timing], to: suite.folder.url.appending(path: "Data/results/timings.json"))
    try make("--seed 4 --seeds 1")
    for _ in 0..<2 { #expect(try keep().code == 0) }
    #expect(try timings().map(\.coreSeconds) == [60])
    // What the seeds before took is not told by what one more does.
    try FigureTiming.write(
      [], to: suite.folder.url.appending(path: "Data/results/timings.json"))
    try make("--seed 2 --seeds 1")
    let answer = try keep()
    #expect(answer.code == 0 && answer.complaints.contains("seeds before are not known"))
    #expect(try timings().isEmpty)
    // More seeds at once replace what they hold, and its time.
    try make("--seeds 5")
    #expect(try keep().code == 0)
    #expect(try timings().map(\.coreSeconds) == [0])
  }

  @Test func publishedDataAndOtherKernelsHaveFoldersOfTheirOwn() throws {
    try make("--seeds 1")
    try claim(#""budget" : "standard", "data" : "published""#, inPlaceOf: #""budget" : "standard""#)
    #expect(try keep().code == 0)
    #expect(try kept("published/" + Self.figure).contains("published"))
    try make("--seeds 1")
    try claim(#""environment" : {"kernels" : "Haswell", "#, inPlaceOf: #""environment" : {"#)
    #expect(try keep().code == 0)
    #expect(try kept("haswell/" + Self.figure).contains("Haswell"))
    #expect(throws: (any Error).self) { try kept(Self.figure) }
  }

  @Test func seedsOfOtherSettingsAreReplacedWithAWord() throws {
    try make("--seed 5 --seeds 1")
    let run = "another-\(String(repeating: "0", count: 16))"
    try claim("\"runs\" : [\"\(run)\"", inPlaceOf: "\"runs\" : [")
    #expect(try keep().code == 0)
    try make("--seeds 1")
    let answer = try keep()
    #expect(answer.code == 0 && answer.complaints.contains("1 of their 1 run are no longer"))
    #expect(try kept(Self.figure).contains(#""seeds" : "0""#))
  }

  @Test func seedsOfAnotherEngineAreReplacedWithAWord() throws {
    try make("--seed 5 --seeds 1")
    #expect(try keep().code == 0)
    try make("--seeds 1")
    try claim("\"engine\" : 1,", inPlaceOf: "\"engine\" : \(EngineVersion.current),")
    let answer = try keep()
    #expect(answer.code == 0 && answer.complaints.contains("are of another engine"))
    #expect(try kept(Self.figure).contains(#""seeds" : "0""#))
  }
}
