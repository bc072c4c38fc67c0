import Experiments
import Foundation
import Reproduction
import Testing

@testable import Refigure

/// A plan says what figures take, each and together; runs are listed only when asked for.
struct PlanTests {
  @Test func figuresShareRunsAndAreSummedUp() async throws {
    let suite = try FakeSuite()
    var keys: [RunKey] = []
    for seed in 0..<3 {
      let run = Count(upTo: 3, seed: seed)
      _ = try await suite.store.outcome(of: run)
      keys.append(try RunKey(of: run))
    }
    try suite.add("fig1-a", .runs([keys[0], keys[1]]))
    try suite.add("fig2-b", .runs([keys[1], keys[2]]))
    let stored = try suite.refigure("plan")
    #expect(stored.code == 0)
    #expect(stored.output.contains("nothing to run: all 3 runs are stored"))
    #expect(!stored.output.contains("  \(keys[0])"))
    #expect(try suite.refigure("plan --all").output.contains("  \(keys[0])  stored"))

    for name in ["fig1-a", "fig2-b"] { try suite.forgetRuns(of: name) }
    let missing = try suite.refigure("plan --threads 2").output
    #expect(missing.contains("fig1-a (standard): 2 runs, 0 stored, 2 to do"))
    #expect(missing.contains("in all 3 of 3 runs to do"))
    #expect(missing.hasSuffix("; what figures share counts once\n"))
    #expect(!missing.contains("  \(keys[0])"))
    #expect(try suite.refigure("plan --runs").output.contains("  \(keys[0])  to do"))
  }

  /// Theory is not asked for photographs, unless by its name.
  @Test func figuresWithoutImagesAreAskedWithoutData() async throws {
    let suite = try FakeSuite()
    let runs = [Count(upTo: 3, seed: 0), Count(upTo: 3, seed: 1)]
    for run in runs { _ = try await suite.store.outcome(of: run) }
    try suite.add("fig1-photographs", .runs([RunKey(of: runs[0])]))
    try suite.add("fig2-theory", .standIns([RunKey(of: runs[1])]))
    let file = suite.folder.url.appending(path: "fig2-theory.description")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    try suite.folder.write(
      Array(text.replacing(#""dataSets":["published"]"#, with: #""dataSets":[]"#).utf8),
      to: "fig2-theory.description")
    let plan = try suite.refigure("plan --data published")
    #expect(plan.code == 0 && plan.output.contains("fig2-theory (standard): 1 run, 1 stored"))
    #expect(try suite.refigure("plan --data published fig2-theory").code == 3)

    for name in ["fig1-photographs", "fig2-theory"] { try suite.forgetRuns(of: name) }
    #expect(try suite.refigure("plan --data published --emit tasks --into plan").code == 0)
    func lines(_ name: String) throws -> String {
      try String(contentsOf: suite.folder.url.appending(path: "plan/\(name)"), encoding: .utf8)
    }
    let tasks = try lines("wave-1.tasks")
    #expect(tasks.contains("fig1-photographs --budget standard --data published"))
    #expect(tasks.contains("fig2-theory --budget standard --output"))
    #expect(try lines("render").contains("refigure run --budget standard --data published"))
  }

  /// What was built of another branch stays beside what was built of this one.
  @Test func executablesWithoutSourcesAreNoFigures() throws {
    let suite = try FakeSuite()
    for name in ["fig1-a", "fig2-of-another-branch"] { try suite.add(name, .runs([])) }
    let folder = suite.folder.url
    #expect(try FigureExecutable.all(in: folder).answering.count == 2)
    try suite.folder.write([], to: "Package.swift")
    try suite.folder.write([], to: "Figures/Nobody2000/fig1-a/Fig1A.swift")
    #expect(try FigureExecutable.all(in: folder).answering.map(\.name) == ["fig1-a"])
    let error = #expect(throws: FigureError.self) {
      try FigureExecutable(named: "fig2-of-another-branch", in: folder)
    }
    #expect("\(String(describing: error))".contains("there are: fig1-a"))
  }

  @Test func aRunOfWhichOnlyTheBeginningIsReadSaysSo() async throws {
    let suite = try FakeSuite()
    let key = try RunKey(of: Count(upTo: 3, seed: 0))
    try suite.add("fig1-a", .runs([]))
    try suite.folder.write(
      Array(#"{"index":0,"key":"\#(key)","lastEpoch":2,"stored":false,"description":{}}\#n"#.utf8),
      to: "fig1-a.runs")
    #expect(try suite.refigure("plan --runs").output.contains("  \(key) to epoch 2  to do"))
    #expect(try suite.refigure("plan --json").output.contains(#""lastEpoch" : 2"#))
  }
}
