import DataSets
import Episodes
import Experiments
import Foundation
import Measurements
import Reproduction
import TestSupport
import Testing

@testable import Guiroy2019Setup
@testable import fig2_flatness

/// Twelve test classes make no episode of twenty ways.
struct LackingClassesTests {
  private let experiments: ImageExperiments
  private let images = Glyphs(trainClasses: 20, testClasses: 12).dataSet().test

  init() throws {
    experiments = try ImageExperiments(
      on: [.omniglot], FigureOptions(budget: .overnight, seeds: [0, 1]))
  }

  private func grid(
    _ isMeasured: (Setting) -> Bool = { _ in true }
  ) throws -> Study<Grid<Setting, Fig2Flatness.Found>> {
    try experiments.grid(seeds: [0, 1]) { setting, _ in
      guard isMeasured(setting) else {
        throw EpisodeError.tooFewClasses(set: "", found: 0, ways: 1)
      }
      _ = try ClassificationEpisodes(
        images: images, ways: setting.form.ways, shots: setting.form.shots, queries: 5,
        rotations: .perClass)
      let summary =
        #"[{"epoch":0,"spectralNorm":1,"spectralNorms":[1],"products":3,"unconverged":0}]"#
      return Study(
        Fig2Flatness.Found(
          curvatures: try JSONDecoder().decode([CurvatureSummary].self, from: Data(summary.utf8)),
          accuracies: [0.5]))
    }
  }

  @Test func theFigureSaysSoAndDrawsTheOthers() async throws {
    let folder = try TemporaryFolder()
    let found = try await grid().value(
      from: RunStore(folder: folder.url, progress: .silent))
    #expect(found.cells.count == 8)
    #expect(Set(found.places.map(\.form.ways)) == [5] && found.places.count == 4)
    for order in ["first", "second"] {
      #expect(
        found.omissions.contains(
          "Not drawn: glyphs 20-way 1-shot, \(order) order, since \(images.name) has 12 classes"))
    }
    let figure = Fig2Flatness()
    let words = figure.draw(found).listing.joined()
    #expect(words.contains(#""glyphs 5-way 5-shot""#))
    #expect(
      !words.contains(#""glyphs 20-way 1-shot""#) && words.contains("Not drawn: glyphs 20-way"))
    #expect(figure.quantities(in: found).count == 3 * 4)
  }

  @Test func whereNothingIsLeftThereIsNoFigure() throws {
    #expect(throws: EpisodeError.self) { try grid { _ in false } }
  }
}
