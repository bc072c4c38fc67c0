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
    #expect(paper.widths == [.r2d2: 1, .resNet12: 1])
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
    world.episodic.episodesPerPass = [.miniImageNet: 2, .cifarFS: 2]
    world.episodic.queries = 1
    world.episodic.episodesPerStep = 2
    return world
  }

  @Test(
    .serialized,
    arguments: [
      Extractor(.miniImageNet, .r2d2, .ridge), Extractor(.miniImageNet, .r2d2, .hyperplanes),
      Extractor(.miniImageNet, .resNet12, .clustering), Extractor(.cifarFS, .resNet12, .machine),
    ])
  func aFewUpdatesOfThePaperBudget(extractor: Extractor) throws {
    var world = shortened
    // Weights, momenta and gradients of one whole ResNet-12 are enough for a small machine.
    if extractor.set == .cifarFS { world.widths[.resNet12] = 1.0 / 4 }
    let run = try ExtractorExperiments(options, in: world).run(extractor, seed: 3)
    let work = run.work
    let update = work.repeatedUpdate()
    // An update whose loss or gradient is not finite throws.
    for _ in 0..<2 { try update() }
    #expect(work.floatingPointOperations > 1e9)
  }

  /// All images of a pass of the paper's, planned but not computed.
  @Test(arguments: [
    Extractor(.miniImageNet, .resNet12, .machine), Extractor(.miniImageNet, .r2d2, .ridge),
    Extractor(.miniImageNet, .resNet12, .clustering), Extractor(.cifarFS, .resNet12, .machine),
  ])
  func aPassOfThePaperBudgetFitsIntoEightGigabytes(extractor: Extractor) throws {
    var world = World.paper
    world.standIn = World.StandIn(
      trainClasses: 32, validationClasses: 5, testClasses: 5, pictures: 21)
    let work = try ExtractorExperiments(options, in: world).run(extractor, seed: 3).work
    #expect(work.arenaBytes > 500 << 20 && work.arenaBytes < 8 << 30)
  }

  /// What decides on the cost of meta-learning is the paper's own protocol: nearly the ratio of the
  /// images that the two see, since an image costs about the same in both.
  @Test func theProtocolsArithmeticFollowsItsImages() throws {
    let experiments = ExtractorExperiments(planning: .paper)
    for extractor in experiments.extractors where extractor.routine.isMetaLearned {
      let own = try experiments.run(extractor, seed: 0).work.floatingPointOperations
      let unit = try experiments.run(extractor.trained(.clustering), seed: 0)
        .work.floatingPointOperations
      let images = World.paperImageRatio(on: extractor.set)
      #expect(abs(own / unit / images - 1) < 0.01, "\(extractor.key): \(own / unit)")
    }
  }

  /// Black images stand for as many as the protocol has, so that its epochs are as long.
  @Test func plannedEpochsAreThoseOfTheProtocol() throws {
    let work = try ExtractorExperiments(planning: .paper)
      .run(Extractor(.cifarFS, .r2d2, .classical), seed: 0).work
    #expect(work.updates == 300 * 600)
  }

  /// Where validation chooses the epoch, other validation classes are other data.
  @Test func digestsHaveTheClassesThatChoose() throws {
    func digest(_ world: World) throws -> [String: String] {
      let options = FigureOptions(budget: .smoke, seeds: [0])
      return Dictionary(
        uniqueKeysWithValues: try ExtractorExperiments(options, in: world).data.map {
          ($0.name, $0.digest)
        })
    }
    var world = World.smoke
    world.standIn.validationClasses = 5
    let plain = try digest(world)
    world.episodic.validationEpisodes = 1
    let chosen = try digest(world)
    for (name, digest) in chosen { #expect(digest.count == 3 * 64 && plain[name]?.count == 2 * 64) }
    world.standIn.validationClasses = 6
    #expect(try digest(world) != chosen)
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
      #expect(Set(runs.flatMap { $0.study.runs.map(\.key) }).count == 2 * runs.count)
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
    let outcome = try await run.study.value(from: runs)
    #expect(1...3 ~= outcome.epoch)
    #expect(outcome.accuracies.count == 2 && outcome.accuracies.allSatisfy { 0...1 ~= $0 })
    // On validation episodes, and on test episodes with one and five shots.
    #expect(try runs.keys().count { $0.description.hasPrefix("head-evaluation") } == 3)
    let classical = try await experiments.run(
      Extractor(.cifarFS, .r2d2, .classical), seed: 1
    ).study.value(from: runs)
    #expect(classical.epoch == 1)
  }
}
