import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// Plans for programs that run on more than one machine.
struct EmissionTests {
  private func key(_ number: Int) -> RunKey {
    // swift-format-ignore: NeverForceUnwrap
    RunKey("toy-" + String(format: "%016x", number))!
  }

  /// A run that builds on others; it takes so long.
  private func run(
    _ number: Int, on foundations: [Int] = [], seconds: Double? = nil, isStored: Bool = false,
    isRead: Bool = true
  ) throws -> RunListing {
    let names = foundations.map { "\"\(key($0))\"" }.joined(separator: ",")
    return try #require(
      RunListing(
        line: #"{"index":0,"key":"\#(key(number))","stored":\#(isStored),"isRead":\#(isRead),"#
          + #""foundations":[\#(names)],"description":{}}"#))
  }

  private func need(_ figure: String, _ runs: [RunListing], seconds: Double?) -> ShardPlan.Need {
    ShardPlan.Need(
      figure: figure, runs: runs,
      seconds: seconds.map { seconds in
        Dictionary(uniqueKeysWithValues: runs.map { ($0.key, seconds) })
      } ?? [:])
  }

  private func runs(in shards: [Shard]) -> [RunKey] { shards.flatMap(\.parts).flatMap(\.runs) }

  @Test func everyRunIsInOneShardAfterWhatItBuildsOn() throws {
    let shared = try run(1, isRead: false)
    let first = try [shared, run(2, on: [1]), run(3, on: [1]), run(4, on: [2])]
    let second = try [shared, run(5, on: [1])]
    let plan = ShardPlan(
      [need("fig1-a", first, seconds: 1), need("fig2-b", second, seconds: 1)], seconds: 60,
      cores: 1, limit: 100)
    #expect(plan.waves.map { runs(in: $0).sorted() } == [[key(1)], [2, 3, 5].map(key), [key(4)]])
    #expect(plan.waves[1].flatMap(\.parts).map(\.figure).sorted() == ["fig1-a", "fig2-b"])
  }

  @Test func whatIsStoredIsNotDoneAndNeedsNothing() throws {
    let runs = try [
      run(1, isRead: false), run(2, on: [1], isStored: true), run(3, isRead: false),
      run(4, on: [3]),
    ]
    let plan = ShardPlan([need("fig1-a", runs, seconds: 1)], seconds: 60, cores: 1, limit: 100)
    #expect(plan.waves.map { self.runs(in: $0) } == [[key(3)], [key(4)]])
  }

  @Test(arguments: [(100, 1000, 9), (100, 5, 5), (7200, 1000, 1)])
  func shardsTakeWhatIsAskedForWithinTheLimit(seconds: Int, limit: Int, count: Int) throws {
    let runs = try (0..<90).map { try run($0) }
    let plan = ShardPlan(
      [need("fig1-a", runs, seconds: 10)], seconds: Double(seconds), cores: 1, limit: limit)
    #expect(plan.waves.count == 1)
    #expect(plan.waves[0].count == count)
    #expect(self.runs(in: plan.waves[0]).sorted() == runs.map(\.key))
    let times = plan.waves[0].map(\.seconds)
    #expect(times.reduce(0, +) == 900)
    // No shard is longer than another by more than one run.
    #expect((times.max() ?? 0) - (times.min() ?? 0) <= 10)
  }

  @Test func theLongestComesFirst() throws {
    let runs = try (1...5).map { try run($0) }
    let plan = ShardPlan(
      [
        ShardPlan.Need(
          figure: "fig1-a", runs: runs,
          seconds: Dictionary(
            uniqueKeysWithValues: zip(runs.map(\.key), [3.0, 50, 7, 40, 1])))
      ], seconds: 51, cores: 1, limit: 10)
    #expect(plan.waves[0].map(\.seconds) == [51, 50])
  }

  @Test func whatNobodyKnowsHasAShardOfItsOwnAsLongAsThereIsRoom() throws {
    let runs = try (0..<30).map { try run($0) }
    func count(limit: Int) -> Int {
      ShardPlan([need("fig1-a", runs, seconds: nil)], seconds: 60, cores: 2, limit: limit)
        .waves[0].count
    }
    #expect(count(limit: 100) == 30)
    #expect(count(limit: 10) == 10)
  }

  @Test func moreFiguresThanTasksShareThem() throws {
    let needs = try (0..<20).map { need("fig\($0)-x", [try run($0)], seconds: 1) }
    let plan = ShardPlan(needs, seconds: 60, cores: 1, limit: 3)
    #expect(plan.waves[0].count == 3)
    #expect(plan.waves[0].flatMap(\.parts).count == 20)
  }

  private func emitted(in folder: URL) throws -> EmittedPlan {
    let runs = try [run(1, isRead: false), run(2, on: [1]), run(3, on: [1])]
    return EmittedPlan(
      plan: ShardPlan([need("fig1-a", runs, seconds: 600)], seconds: 600, cores: 1, limit: 9),
      executables: [
        "fig1-a": URL(filePath: "/opt/a b/fig1-a"), "refigure": URL(filePath: "/opt/a b/refigure"),
      ], arguments: ["fig1-a": ["--budget", "smoke", "--output", "/shared/it's"]],
      drawing: ["fig1-a", "--budget", "smoke", "--output", "/shared/it's"], cores: 1, throttle: 7,
      folder: folder)
  }

  @Test func aTaskIsALineThatAShellTakes() throws {
    let folder = try TemporaryFolder()
    let plan = try emitted(in: folder.url)
    try plan.write(.tasks)
    let lines = try String(
      contentsOf: folder.url.appending(path: "wave-2.tasks"), encoding: .utf8
    ).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first == """
        '/opt/a b/fig1-a' --budget smoke --output '/shared/it'\\''s' --threads 1 --quiet \
        --run \(key(2))
        """)
    #expect(FileManager.default.isExecutableFile(atPath: folder.url.appending(path: "render").path))
  }

  @Test func slurmGetsAnArrayForEachWave() throws {
    let folder = try TemporaryFolder()
    try emitted(in: folder.url).write(.slurm)
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
    }
    let array = try text("wave-2.sbatch")
    for line in ["--array=1-2%7", "--requeue", "--signal=B:TERM@120", "--time=30"] {
      #expect(array.contains("#SBATCH \(line)\n"), "\(line)")
    }
    #expect(try text("submit").contains("for script in wave-1.sbatch wave-2.sbatch render.sbatch"))
    // What the shell itself says of each script.
    for name in ["wave-1.sbatch", "wave-2.sbatch", "render.sbatch", "submit"] {
      let answer = try Child.output(
        of: URL(filePath: "/bin/bash"), ["-n", folder.url.appending(path: name).path],
        complaints: .collected)
      #expect(answer.code == 0, "\(answer.complaints)")
    }
  }

  /// Without a scheduler, or where it refuses, nothing stays submitted.
  @Test func whatIsHalfSubmittedIsTakenBack() throws {
    let folder = try TemporaryFolder()
    try emitted(in: folder.url).write(.slurm)
    func submit(_ sbatch: String) throws -> Child.Answer {
      try folder.writeProgram(sbatch, to: "bin/sbatch")
      try folder.writeProgram("#!/bin/sh\necho cancelled $*\n", to: "bin/scancel")
      return try Child.output(
        of: URL(filePath: "/bin/bash"), [folder.url.appending(path: "submit").path],
        adding: ["PATH": folder.url.appending(path: "bin").path + ":/usr/bin:/bin"],
        complaints: .collected)
    }
    let all = try submit("#!/bin/sh\necho $* >> calls\nwc -l < calls\n")
    #expect(all.code == 0, "\(all.complaints)")
    #expect(all.output == "1 2 3\n")
    let calls = try String(contentsOf: folder.url.appending(path: "calls"), encoding: .utf8)
    #expect(
      calls == """
        --parsable wave-1.sbatch
        --parsable --dependency=afterany:1 wave-2.sbatch
        --parsable --dependency=afterany:2 render.sbatch

        """)
    let refused = try submit("#!/bin/sh\ncase $* in *wave-2*) exit 1 ;; *) echo 41 ;; esac\n")
    #expect(refused.code == 1)
    #expect(refused.output.contains("cancelled 41"))
    #expect(refused.complaints.contains("not submitted"))
  }

  @Test func badLimitsAreNamed() throws {
    let suite = try FakeSuite()
    for (arguments, problem) in [
      ("--emit tasks --array-limit 0", "--array-limit 0"),
      ("--emit tasks --shard-minutes=-1", "--shard-minutes -1"),
      ("--emit slurm --throttle 0", "--throttle 0"), ("--emit lsf", "lsf"),
      ("--emit tasks --json", "--json"),
    ] {
      let answer = try suite.refigure("plan \(arguments)")
      #expect(answer.code == 2)
      #expect(answer.complaints.contains(problem), "\(answer.complaints)")
    }
  }
}
