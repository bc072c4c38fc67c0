import Foundation
import Reproduction
import Testing

@testable import fig2_flatness
@testable import fig5_coherence

/// The same bytes whoever computes them, and however often they were stopped.
struct ReproducibilityTests {
  @Test func coherenceIsTheSameOnOneAndTwoThreads() async throws {
    try await compareThreads(Fig5Coherence.self)
  }

  @Test func flatnessIsTheSameOnOneAndTwoThreads() async throws {
    try await compareThreads(Fig2Flatness.self)
  }

  private func compareThreads<F: Figure>(_ figure: F.Type) async throws {
    let one = try CommandLine<F>()
    let two = try CommandLine<F>()
    #expect(await one.run("--budget", "smoke", "--threads", "1") == 0)
    #expect(await two.run("--budget", "smoke", "--threads", "2") == 0)
    for suffix in ["json", "csv", "png"] { #expect(try one.file(suffix) == two.file(suffix)) }
  }

  /// A run that was stopped has no outcome and lacks its last checkpoints.
  @Test func aStoppedFigureEndsTheSame() async throws {
    let figure = try CommandLine<Fig5Coherence>()
    #expect(await figure.run("--budget", "smoke") == 0)
    let whole = try figure.file("json")
    let manager = FileManager.default
    let runs = figure.folder.appending(path: "runs")
    // Beside the runs lie files that say what computed them.
    let names = try manager.contentsOfDirectory(atPath: runs.path).filter {
      manager.fileExists(atPath: runs.appending(path: $0).appending(path: "outcome.json").path)
    }
    #expect(names.count == 12)
    for name in names {
      let run = runs.appending(path: name)
      try manager.removeItem(at: run.appending(path: "outcome.json"))
      let checkpoints = run.appending(path: "checkpoints")
      let saved = try manager.contentsOfDirectory(atPath: checkpoints.path).sorted()
      for checkpoint in saved.suffix(2) {
        try manager.removeItem(at: checkpoints.appending(path: checkpoint))
      }
    }
    #expect(await figure.run("--budget", "smoke") == 0)
    #expect(try figure.file("json") == whole)
  }

  @Test func figuresShareTheirTrainings() throws {
    let options = FigureOptions(budget: .smoke, seeds: [0])
    let flatness = Set(try Fig2Flatness().study(options).runs.map(\.key))
    let trainings = try Fig5Coherence().study(options).runs.map(\.key)
      .filter { $0.name == "meta-training" }
    #expect(trainings.count == 2 && flatness.isSuperset(of: trainings))
  }
}
