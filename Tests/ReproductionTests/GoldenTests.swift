import Claims
import Experiments
import Foundation
import Statistics
import Testing

@testable import Reproduction

struct GoldenTests {
  private func golden(
    _ values: [String: [Double]], kernels: String = "a", engine: Int = 1, budget: String = "smoke"
  ) -> Golden {
    var provenance = Provenance(
      figure: "f", settings: ["budget": budget], data: [:], environment: ["kernels": kernels],
      runs: [])
    provenance.engine = engine
    return Golden(
      values.map { Metric($0.key, PerSeed($0.value), tolerance: .relative(0.01)) },
      provenance: provenance)
  }

  @Test func theSameEnvironmentGivesTheSameBits() throws {
    let expected = golden(["x": [1, .nan], "y": [0.1]])
    let report = try expected.compared(with: expected)
    #expect(report.isExact)
    #expect(report.agrees)
    let other = try expected.compared(with: golden(["x": [1, .nan], "y": [0.1 + 0x1p-56]]))
    #expect(!other.agrees)
    #expect(other.rows.filter { !$0.agrees }.map(\.metric) == ["y"])
  }

  @Test(arguments: [
    (1.0, true), (1.0099, true), (0.9901, true), (1.011, false), (Double.nan, false),
  ])
  func anotherEnvironmentHasTolerances(value: Double, agrees: Bool) throws {
    let report = try golden(["x": [1]]).compared(with: golden(["x": [value]], kernels: "b"))
    #expect(!report.isExact)
    #expect(report.agrees == agrees)
  }

  @Test func whatIsNewOrMissingDoesNotAgree() throws {
    let report = try golden(["x": [1], "y": [2, 3]]).compared(
      with: golden(["x": [1, 4], "z": [5]]))
    #expect(report.rows.count { $0.agrees } == 1)
    for word in ["new", "missing", "ok", "exact", "1 of 5 values agree"] {
      #expect(report.text.contains(word))
    }
  }

  @Test func otherSettingsOrEnginesAreNotCompared() {
    #expect(throws: FigureError.self) {
      try golden(["x": [1]]).compared(with: golden(["x": [1]], budget: "standard"))
    }
    #expect(throws: FigureError.self) {
      try golden(["x": [1]]).compared(with: golden(["x": [1]], engine: 2))
    }
  }

  @Test func aFigureIsHeldToItsGoldenValues() async throws {
    let session = try Session<ToyFigure>()
    let folder = session.folder.appending(path: "golden")
    let file = folder.appending(path: "fig0-toy.json")
    let maker = FigureMaker<ToyFigure>(
      options: FigureOptions(budget: .smoke, seeds: [0, 1]), output: session.folder,
      runs: RunStore(folder: session.folder.appending(path: "runs"), progress: .silent),
      write: { _ in })
    let missing = await #expect(throws: FigureError.self) {
      try await maker.checkGolden(in: folder, mode: .check, isForced: false)
    }
    #expect(try #require(missing).description.contains("--golden write"))
    try await maker.checkGolden(in: folder, mode: .write, isForced: false)
    try await maker.checkGolden(in: folder, mode: .check, isForced: false)

    let written = try Golden.read(file)
    var drifted = written
    drifted.metrics["first-toss"]?.values[1] += 1e-3
    for environment in [written.environment, ["kernels": "others"]] {
      drifted.environment = environment
      try drifted.write(to: file)
      await #expect(throws: FigureError.self) {
        try await maker.checkGolden(in: folder, mode: .check, isForced: false)
      }
    }
    try Data("{".utf8).write(to: file)
    await #expect(throws: FigureError.self) {
      try await maker.checkGolden(in: folder, mode: .check, isForced: false)
    }
    try await maker.checkGolden(in: folder, mode: .write, isForced: false)
    #expect(try Golden.read(file) == written)
  }
}
