import Arnold2021Setup
import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Statistics
import Tensors
import Testing

@testable import Reproduction

@Suite struct Arnold2021SetupTests {
  /// Table D.6, and D.7 where it is legible.
  @Test func ratesAreThoseOfThePaper() {
    #expect(Rates.paper(.null, .maml, on: .omniglot) == Rates(adaptation: 0.08, meta: 0.003))
    #expect(Rates.paper(.metaSGD, .maml, on: .cifarFS) == Rates(adaptation: 0.7, meta: 0.001))
    #expect(
      Rates.paper(.metaCurvature, .anil, on: .miniImageNet)
        == Rates(adaptation: 0.1, meta: 0.001))
    #expect(Rates.linear(isDeep: true, on: .cifarFS) == Rates(adaptation: 0.02, meta: 0.0001))
  }

  /// What the head sees at the paper's size, by the forms of the three data sets.
  @Test(arguments: [
    (ImageSet.omniglot, [32, 32, 32, 32]), (.cifarFS, [32, 32, 32, 32]),
    (.miniImageNet, [25 * 64, 100 * 64, 25 * 64, 25 * 64]),
  ])
  func networksHaveThePapersForms(set: ImageSet, features: [Int]) {
    let world = ImageWorld.of(.paper)
    #expect(world.depths == [2, 3, 4, 6])
    #expect(world.depths.map { world.network(set, depth: $0).features } == features)
  }

  @Test(arguments: Budget.allCases)
  func everyNetworkFitsItsImages(budget: Budget) {
    let world = ImageWorld.of(budget)
    for set in ImageSet.allCases {
      for depth in world.depths { #expect(world.network(set, depth: depth).features > 0) }
      #expect(world.linearModel(set, isDeep: true).widths.count == 6)
    }
  }

  /// One meta-gradient of every method at the paper's size on Omniglot's form.
  @Test(arguments: [(Method.null, Family.maml), (.metaKFO, .maml), (.metaKFO, .anil)])
  func thePapersSizeCanBeComputed(method: Method, family: Family) throws {
    let model = ImageWorld.of(.paper).network(.omniglot, depth: 2)
    let source = try ClassificationEpisodes(
      images: Glyphs(trainClasses: 5, validationClasses: 0, testClasses: 0, drawings: 10)
        .dataSet().train, ways: 5, shots: 5, queries: 5, rotations: .perEpisode)
    let episode = source.episode(0, of: Generator(seed: 1))
    let rate = Rates.paper(method, family, on: .omniglot).adaptation
    func norm<Rule: UpdateRule>(_ rule: Rule) -> Float {
      let learner = GradientLearner(
        model: model, rule: rule, steps: ImageWorld.steps, adapts: family == .anil ? .head : .all)
      var generator = Generator(seed: 2)
      let meta = learner.initialParameters(using: &generator)
      let program = Program(like: meta, episode) {
        (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner.metaGradient(at: meta, of: episode).gradient.squaredNorm()
      }
      return program(meta, episode, in: program.makeArena()).scalar
    }
    let found =
      method == .metaKFO ? norm(MetaKFO(rate: rate)) : norm(GradientDescent(rate: rate))
    #expect(found.isFinite && found > 0)
  }

  /// The collapsed network is judged by a step of its own, and the same seed gives the same bits.
  @Test func syntheticTrainingRepeats() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    func outcome(_ name: String, _ depth: SyntheticProblem.Depth) async throws -> SyntheticOutcome {
      let runs = RunStore(
        folder: folder.appending(path: name), progress: .standardError(isQuiet: true))
      return try await runs.outcome(
        of: SyntheticProblem.classification(depth, seed: 7, budget: .smoke))
    }
    let (first, again) = (try await outcome("a", .two), try await outcome("b", .two))
    #expect(first == again)
    #expect(first.test.map(\.iteration) == [0, 20, 40, 60, 80, 100])
    #expect(first.collapsed != first.test)
    for (deep, collapsed) in zip(first.test, first.collapsed) {
      #expect(abs(deep.lossBefore - collapsed.lossBefore) < 1e-5)
    }
    let shallow = try await outcome("a", .shallow)
    #expect(shallow.collapsed == shallow.test)
  }

  private func grid(_ gains: [Double]) -> AccuracyGrid {
    // The seeds differ a little, and the gain by depth is as told.
    let depths = [2, 3, 4]
    var cells: [AccuracyGrid.Cell] = []
    for set in ImageSet.allCases {
      for (depth, gain) in zip(depths, gains) {
        for method in [Method.null, .linNet] {
          let own = method == .null ? 0 : gain
          let values = (0..<5).map { 0.5 + own * (1 + 0.02 * Double($0 % 3)) }
          cells.append(
            AccuracyGrid.Cell(
              variant: AccuracyGrid.Variant(set: set, method: method, depth: depth),
              accuracy: PerSeed(values)))
        }
      }
    }
    return AccuracyGrid(cells: cells, paper: [:], data: [])
  }

  @Test func trendsOfGainsAreFound() {
    for (gains, verdict) in [
      ([0.1, 0.05, 0.01], Verdict.reproduced), ([0.01, 0.05, 0.1], .notReproduced),
    ] {
      let trends = grid(gains).trends(of: .linNet)
      var evidence: [String: Evidence] = [:]
      for (set, trend) in trends { evidence[set.title] = trend }
      let claim = Claim.gainShrinksWithDepth("figB4-kfo-vs-depth-full", on: ImageSet.allCases)
      #expect(claim.finding(from: evidence, budget: .standard, data: "glyphs").verdict == verdict)
    }
  }
}
