import Claims
import Experiments
import Foundation
import TestSupport
import Testing

@testable import Reproduction

struct FigureCommandTests {
  @Test func aFigureWritesItsFiles() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--budget", "smoke", "--seeds", "3", "--format", "png,pdf") == 0)
    #expect(session.files == ["fig0-toy.csv", "fig0-toy.json", "fig0-toy.pdf", "fig0-toy.png"])
    for name in session.files { #expect(session.output.contains("figures/\(name)\n")) }
    #expect(session.errors.isEmpty)

    let record = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: session.file("fig0-toy.json"))
    #expect(record.results.tosses.seeds == [0, 1, 2])
    #expect(record.metrics.keys.sorted() == ["first-toss", "mean-toss"])
    #expect(record.metrics["first-toss"]?.values == record.results.tosses.values.map { $0[0] })
    #expect(record.provenance.data == ["stand-ins": "0123abcd"])
    #expect(record.provenance.runs.count == 3)
    #expect(record.claims.map(\.verdict) == [.notTestable])

    let csv = String(decoding: try session.file("fig0-toy.csv"), as: UTF8.self)
    #expect(csv.hasPrefix("quantity,number,seed,value\ntoss,0,0,"))
    #expect(csv.split(separator: "\n").count == 1 + 4 * 3)

    let png = String(decoding: try session.file("fig0-toy.png"), as: UTF8.self)
    #expect(png.contains("\nstand-ins · smoke budget · 3 seeds\n"))
    #expect(png.contains("Provenance: {\"data\":{\"stand-ins\":\"0123abcd\"}"))
    #expect(png.contains("Data: quantity,number,seed,value\n"))
  }

  @Test func verdictsArePrinted() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run() == 0)
    #expect(session.output.contains("nobody2000/fig0-toy/mean-positive: reproduced"))
  }

  @Test func equalResultsAreEqualBytes() async throws {
    let one = try Session<ToyFigure>()
    let two = try Session<ToyFigure>()
    #expect(await one.run("--threads", "1") == 0)
    #expect(await two.run("--threads", "2") == 0)
    #expect(await two.run("--threads", "2") == 0)
    for name in one.files { #expect(try one.file(name) == two.file(name), "\(name)") }
    #expect(one.files == two.files)
    #expect(try two.timesRun() == 5)
  }

  @Test func forceDoesAllRunsAgain() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--budget", "smoke") == 0)
    #expect(try session.timesRun() == 2)
    let before = try session.file("fig0-toy.json")
    let marks = session.folder.appending(path: "runs")
    for run in try FileManager.default.contentsOfDirectory(atPath: marks.path)
    where RunKey(run) != nil {
      try FileManager.default.removeItem(at: marks.appending(path: "\(run)/times"))
    }
    #expect(await session.run("--budget", "smoke", "--force") == 0)
    #expect(try session.timesRun() == 2)
    #expect(try session.file("fig0-toy.json") == before)
  }

  @Test func runsAreListedAndRunByName() async throws {
    struct Line: Decodable {
      var index: Int
      var key: RunKey
      var stored: Bool
      var estimatedSeconds: Double
      var description: Description
      struct Description: Decodable { var name: String }
    }
    let session = try Session<ToyFigure>()
    func lines() async throws -> [Line] {
      #expect(await session.run("--list-runs", "--seed", "7", "--seeds", "2") == 0)
      return try session.output.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
    }
    let before = try await lines()
    #expect(before.map(\.index) == [0, 1])
    #expect(before.map(\.stored) == [false, false])
    #expect(before[0].description.name == "toss")
    #expect(before[0].estimatedSeconds == 0.5)
    #expect(
      await session.run("--run", before[1].key.description, "--seed", "7", "--seeds", "2") == 0)
    #expect(try await lines().map(\.stored) == [false, true])
    #expect(await session.run("--run", "0", "--seed", "7", "--seeds", "2") == 0)
    #expect(try await lines().map(\.stored) == [true, true])
    #expect(await session.run("--run", "1", "--run", "0", "--run", "1", "--seeds", "3") == 0)
    #expect(session.output.split(separator: "\n").count == 3)
    #expect(await session.run("--run", "0", "--run", "toss-0000000000000000") == 2)
    #expect(session.errors.contains("--list-runs"))
    #expect(session.files.isEmpty)
  }

  @Test func aFigureDescribesItself() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--describe") == 0)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(session.output.utf8)) as? [String: Any])
    #expect(json["name"] as? String == "fig0-toy")
    #expect(json["title"] as? String == ToyFigure.identity.title)
    #expect(json["budgets"] as? [String] == ["smoke", "standard", "overnight", "paper"])
    #expect((json["claims"] as? [[String: Any]])?.count == 1)
    let description = session.output

    #expect(await session.run("--list-runs") == 0)
    let listing = session.output
    #expect(await session.run("--describe", "--list-runs") == 0)
    #expect(session.output == description + listing)
    // It says what there is to choose, to who has chosen wrongly as well.
    #expect(await session.run("--describe", "--list-runs", "--data", "nowhere") == 2)
    #expect(session.output == description)
  }

  @Test func questionsAreAnswered() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.runPlainly(["--help"]) == 0)
    for word in [
      "EXAMPLES", "EXIT CODES", "stand-ins, published, coins, dice", "--list-runs", "130",
    ] {
      #expect(session.output.contains(word))
    }
    #expect(await session.runPlainly(["--version"]) == 0)
    #expect(session.output.hasPrefix("fig0-toy \(PackageVersion.current)"))
  }

  @Test(arguments: [
    ["--budget", "huge"], ["--seeds", "0"], ["--seeds", "-3"], ["--seeds", "many"],
    ["--seed", "18446744073709551615"], ["--threads", "0"], ["--format", "gif"],
    ["--data", "cards"], ["--preset", "unfair"], ["--unknown"], ["stray"],
    ["--data-root", "/nowhere/at all"], ["--golden", "check"], ["--golden", "maybe"],
    ["--run", "9"], ["--width", "column"], ["--dpi", "10"], ["--join", "x.json"],
    ["--dpi", "fine"],
  ])
  func aWrongCommandLineIsOneLine(arguments: [String]) async throws {
    let session = try Session<ToyFigure>()
    let all = arguments + ["--output", session.folder.path, "--quiet"]
    #expect(await session.runPlainly(all) == 2)
    #expect(session.errors.hasPrefix("error: "))
    #expect(session.errors.hasSuffix("\n"))
    #expect(session.errors.split(separator: "\n").count == 1)
    #expect(session.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: session.folder.path).isEmpty)
  }

  @Test(arguments: ["--output", "--data-root", "--judge", "--render", "--abridge"])
  func anEmptyNameIsAWrongCommandLine(option: String) async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.runPlainly([option, "", "--data", "coins", "--quiet"]) == 2)
    #expect(session.errors.hasPrefix("error: \(option) names no"))
    #expect(session.output.isEmpty)
  }

  @Test(arguments: [
    ("1", "1 seed, of which there are no intervals"), ("2", "2 seeds, too few for bars and bands"),
    ("3", "3 seeds"),
  ])
  func theCaptionSaysWhatSoFewSeedsLack(seeds: String, words: String) async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--seeds", seeds) == 0)
    let file = session.folder.appending(path: "figures/fig0-toy.png")
    let caption = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")[1]
    #expect(caption.hasSuffix(" · \(words)"))
  }

  @Test func anUnwritableOutputIsNamed() async throws {
    let session = try Session<ToyFigure>()
    let file = session.folder.appending(path: "file")
    try Data().write(to: file)
    #expect(await session.runPlainly(["--output", file.path, "--quiet"]) == 1)
    #expect(session.errors.hasPrefix("error: cannot create the folder \(file.path)"))
    #expect(session.errors.split(separator: "\n").count == 1)
  }

  @Test func aFailureWhileDrawingLeavesNoFile() async throws {
    let session = try Session<ToyFigure>()
    #expect(await session.run("--format", "png,svg") == 1)
    #expect(session.errors == "error: no ink left; buy some\n")
    #expect(session.files.isEmpty)
  }

  @Test func aDamagedRunIsDoneAgainThoughNobodyLooksAtIt() async throws {
    let session = try Session<OneSided>()
    #expect(await session.run() == 0)
    let run = try RunKey(of: Toss(seed: 1, count: 2))
    let store = RunStore(folder: session.folder.appending(path: "runs"), progress: .silent)
    let outcome = store.folder(of: run).appending(path: "outcome.json")
    try await PlannedRun(Toss(seed: 1, count: 2)).run(in: store)
    let intact = try Data(contentsOf: outcome)
    var damaged = intact
    damaged[damaged.count / 2] ^= 4
    try damaged.write(to: outcome)
    #expect(await session.run() == 0)
    #expect(try Data(contentsOf: outcome) == intact)
  }

  /// Only a figure that was made from nothing, in one go, says how long one waits for it.
  @Test func theWaitForAFigureIsNotedWhenNothingWasStored() async throws {
    let session = try Session<ToyFigure>()
    let store = RunStore(folder: session.folder.appending(path: "runs"), progress: .silent)
    func wait() throws -> ColdTime? { try ColdTime.read(of: "fig0-toy", "standard", in: store) }
    #expect(await session.run("--seeds", "1") == 0)
    let first = try #require(try wait())
    #expect(first.runs.count == 1 && first.seconds > 0)
    // One of these is stored.
    #expect(await session.run() == 0)
    #expect(try wait() == first)
    #expect(await session.run("--force", "--threads", "1") == 0)
    let second = try #require(try wait())
    #expect(second.runs.count == 5 && second.workers == 1)
  }

  @Test func anInterruptionHasItsExitCode() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    await #expect(processExitsWith: .exitCode(130)) { [path = path as String] in
      exit(await FigureCommand<Endless>.execute(["--output", path, "--quiet"]))
    }
  }
}

/// A figure that is interrupted by itself.
private struct Endless: Figure {
  static let identity = FigureIdentity(
    "endless", of: "Nobody2000", title: "Endless", summary: "Never done.")

  private struct Wait: Experiment {
    static let name = "wait"

    func run(_ context: RunContext) async throws -> Int {
      kill(getpid(), SIGINT)
      try await Task.sleep(for: .seconds(60))
      return 0
    }
  }

  func study(_ options: FigureOptions) throws -> Study<Int> { try Study(Wait()) }

  func draw(_ results: Int) -> ToyPicture { ToyPicture(words: "") }

  func quantities(in results: Int) -> [Quantity] { [] }
}

/// A figure that reads a run which builds on another.
private struct OneSided: Figure {
  static let identity = FigureIdentity(
    "one-sided", of: "Nobody2000", title: "One-sided", summary: "Half of it.")

  private struct Sum: Experiment {
    static let name = "sum"
    var toss = Toss(seed: 1, count: 2)
    var foundations: [any Experiment] { [toss] }

    func run(_ context: RunContext) async throws -> Double {
      try await context.runs.outcome(of: toss).reduce(0, +)
    }
  }

  func study(_ options: FigureOptions) throws -> Study<Double> { try Study(Sum()) }

  func draw(_ results: Double) -> ToyPicture { ToyPicture(words: "\(results)") }

  func quantities(in results: Double) -> [Quantity] { [] }
}
