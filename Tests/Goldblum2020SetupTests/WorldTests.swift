import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Goldblum2020Setup

struct WorldTests {
  private let options = FigureOptions(budget: .paper, seeds: [3])

  @Test func thePaperBudgetIsThePaper() {
    let paper = World.paper
    #expect(paper.sides == [.miniImageNet: 84, .cifarFS: 32])
    #expect(paper.widths == [.r2d2: 1, .metaOptNet: 1])
    #expect(paper.classical.pairs == 16 && paper.classical.epochs == 300)
    #expect(paper.episodic.shots == [.miniImageNet: 15, .cifarFS: 5])
    #expect(paper.episodic.stepsPerEpoch * paper.episodic.epochs == 60_000)
    #expect(abs(World.paperImageRatio(on: .miniImageNet) - 4.375) < 1e-9)
    #expect(abs(World.paperImageRatio(on: .cifarFS) - 26.4 / 11.52) < 1e-9)
    #expect(paper.extractors.count == 16 && paper.testEpisodes == 1000)
  }

  /// The paper's networks at their widths and sizes, but for few images in a step.
  private var shortened: World {
    var world = World.paper
    world.standIn = World.StandIn(
      trainClasses: 6, validationClasses: 5, testClasses: 5, pictures: 20)
    world.classical.pairs = 1
    world.episodic.shots = [.miniImageNet: 1, .cifarFS: 1]
    world.episodic.queries = 1
    world.episodic.episodesPerStep = 2
    return world
  }

  @Test(arguments: [
    Extractor(.miniImageNet, .r2d2, .ridge), Extractor(.miniImageNet, .r2d2, .hyperplanes),
    Extractor(.miniImageNet, .metaOptNet, .clustering), Extractor(.cifarFS, .metaOptNet, .machine),
  ])
  func aFewUpdatesOfThePaperBudget(extractor: Extractor) throws {
    let run = try ExtractorExperiments(options, in: shortened).run(extractor, seed: 3)
    let work = run.work()
    let update = work.repeatedUpdate()
    // An update whose loss or gradient is not finite throws.
    for _ in 0..<2 { try update() }
    #expect(work.floatingPointOperations > 1e9)
  }

  /// All images of a pass of the paper's, planned but not computed.
  @Test(arguments: [
    Extractor(.miniImageNet, .metaOptNet, .machine), Extractor(.miniImageNet, .r2d2, .ridge),
    Extractor(.miniImageNet, .metaOptNet, .clustering), Extractor(.cifarFS, .metaOptNet, .machine),
  ])
  func aPassOfThePaperBudgetFitsIntoEightGigabytes(extractor: Extractor) throws {
    var world = World.paper
    world.standIn = World.StandIn(
      trainClasses: 32, validationClasses: 5, testClasses: 5, pictures: 21)
    let work = try ExtractorExperiments(options, in: world).run(extractor, seed: 3).work()
    #expect(work.arenaBytes > 500 << 20 && work.arenaBytes < 8 << 30)
  }

  @Test func everyExtractorAndSeedIsARunOfItsOwn() throws {
    for budget in [Budget.smoke, .standard] {
      let options = FigureOptions(budget: budget, seeds: [0, 1])
      var world = World.of(budget)
      world.standIn.pictures = 20
      let experiments = try ExtractorExperiments(options, in: world)
      let runs = try world.extractors.flatMap { extractor in
        try options.seeds.map { try experiments.run(extractor, seed: $0) }
      }
      #expect(Set(runs.map(\.training.key)).count == runs.count)
      #expect(Set(runs.map(\.test.key)).count == runs.count)
    }
  }

  /// With validation, the epoch that is tested is one of those trained, and the best on validation.
  @Test func metaTrainingsChooseTheirEpoch() async throws {
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, progress: .standardError(isQuiet: true))
    var world = World.smoke
    world.standIn.validationClasses = 5
    world.episodic.epochs = 3
    world.episodic.validationEpisodes = 5
    let experiments = try ExtractorExperiments(
      FigureOptions(budget: .smoke, seeds: [1]), in: world)
    let run = try experiments.run(Extractor(.cifarFS, .r2d2, .ridge), seed: 1)
    let outcome = try await run.outcome(from: runs)
    #expect(1...3 ~= outcome.epoch)
    #expect(outcome.accuracies.count == 2 && outcome.accuracies.allSatisfy { 0...1 ~= $0 })
    // On validation episodes, and on test episodes with one and five shots.
    #expect(runs.keys().count { $0.description.hasPrefix("head-evaluation") } == 3)
    let classical = try await experiments.run(
      Extractor(.cifarFS, .r2d2, .classical), seed: 1
    ).outcome(from: runs)
    #expect(classical.epoch == 1)
  }
}
