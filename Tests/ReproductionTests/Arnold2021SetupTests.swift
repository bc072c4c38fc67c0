import DataSets
import Claims
import CommonSetup
@testable import Arnold2021Setup
import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Statistics
import Tensors
import TestSupport
import Testing

@testable import Reproduction

@Suite struct Arnold2021SetupTests {
  /// Tables D.5 and D.6, and D.7 where it is legible; what is not the paper's says so.
  @Test func ratesAreThoseOfThePaper() {
    let printed: [String: (adaptation: [Double?], meta: [Double?])] = [
      "lr": ([1, 0.01, 0.01], [0.0005, 0.0005, 0.0005]),
      "lr-linnet": ([0.08, 0.02, 0.01], [0.0005, 0.0001, 0.0005]),
      "maml": ([0.08, 0.07, 0.001], [0.003, 0.003, 0.0005]),
      "maml-linnet": ([0.05, 0.01, 0.001], [0.003, 0.003, 0.0005]),
      "maml-meta-sgd": ([0.5, 0.7, 0.1], [0.0005, 0.001, 0.001]),
      "maml-meta-curvature": ([0.5, 0.7, 0.05], [0.003, nil, nil]),
      "maml-kfo": ([0.1, 0.1, 0.001], [0.003, nil, nil]),
      "t-nets": ([nil, nil, nil], [nil, nil, nil]),
      "anil": ([0.5, 0.5, 0.5], [0.001, 0.002, 0.001]),
      "anil-linnet": ([0.5, 0.5, 0.5], [0.003, 0.001, 0.001]),
      "anil-meta-sgd": ([0.05, 0.1, 0.1], [0.001, 0.001, 0.001]),
      "anil-meta-curvature": ([0.05, 0.1, 0.1], [0.001, 0.001, 0.001]),
      "anil-kfo": ([0.1, 0.1, nil], [0.001, nil, nil]),
    ]
    #expect(Set(RatePreset.all.map(\.name)) == Set(printed.keys))
    func values(_ rates: [SourcedRate]) -> [Double?] {
      rates.map { $0.source == .paper ? $0.value : nil }
    }
    for preset in RatePreset.all {
      #expect(values(preset.adaptation) == printed[preset.name]?.adaptation, "\(preset.name)")
      #expect(values(preset.meta) == printed[preset.name]?.meta, "\(preset.name)")
    }
    #expect(
      Method.metaSGD.rates[.maml]?.rates(on: .cifarFS) == Rates(adaptation: 0.7, meta: 0.001))
    #expect(
      Method.metaKFO.rates[.maml]?.rates(on: .cifarFS) == Rates(adaptation: 0.1, meta: 0.0005))
    #expect(
      RatePreset.linear(isDeep: true).rates(on: .cifarFS) == Rates(adaptation: 0.02, meta: 0.0001))
  }

  /// What claims take for the paper's effects stands in `Data/papers`, where it is legible.
  @Test func accuraciesAreThoseOfThePaper() throws {
    let values = try PaperValues.load("arnold2021", from: .located()).values
    for family in Family.allCases {
      for method in Method.all where method.rates[family] != nil {
        let table =
          switch (family, method) {
          case (.maml, .linNet): "table1-linnet-cnn"
          case (.maml, _): "table3-meta-optimizers"
          case (.anil, .linNet): "table2-linnet-anil"
          case (.anil, _): "tableB4-anil-meta-optimizers"
          }
        for set in ImageWorld.sets {
          let id = "arnold2021/\(table)/\(set.title)/\(method.title(family))"
          let printed = values.first { $0.id == id }?.value
          let ours = method.paperAccuracy(family, on: set)
          #expect(
            printed.map { ($0 * 100).rounded() } == ours.map { ($0 * 1e4).rounded() }, "\(id)")
        }
      }
    }
    #expect(abs((Method.tNets.paperGain(over: .null, .maml, on: [.omniglot]) ?? 0) - 0.2567) < 1e-9)
    #expect(Method.metaCurvature.paperGain(over: .null, .maml, on: ImageWorld.sets) == nil)
  }

  /// Photographs are left to the paper's budget overnight, but for whoever names them.
  @Test func networksLearnOmniglotAloneOvernight() {
    #expect(ImageWorld.networkSets(within: .overnight) == [.omniglot])
    for budget in [Budget.smoke, .standard, .paper] {
      #expect(ImageWorld.networkSets(within: budget) == ImageWorld.sets)
    }
  }

  /// The paper's world but for its rates of learning, which no smaller one may leave there.
  @Test func thePapersWorldIsThePapers() {
    let world = ImageWorld.of(.paper)
    #expect(world.sides == [.omniglot: 28, .cifarFS: 32, .miniImageNet: 84])
    #expect(world.filters == [.omniglot: 32, .cifarFS: 32, .miniImageNet: 64])
    #expect(world.linearLayers == [256, 128, 64, 64] && world.linearSide == 32)
    #expect(world.batch == 16 && world.iterations[.cifarFS] == 20_000)
    #expect(world.rates == .paper && world.hasBias)
    #expect(ImageWorld.ways == 5 && ImageWorld.shots == 5 && ImageWorld.steps == 5)
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
    for set in ImageWorld.sets {
      for depth in world.depths { #expect(world.network(set, depth: depth).features > 0) }
      #expect(world.linearModel(set, isDeep: true).widths.count == 6)
    }
  }

  /// Two updates of every method, judged after the epoch that validation chose, at the paper's size.
  ///
  /// One after the other and on one worker each, and where five inner steps go through the body on
  /// mini-ImageNet with a quarter of the filters: an episode would take a gigabyte and a half.
  @Test(.serialized, arguments: ImageWorld.sets, Family.allCases)
  func thePapersSizeTrains(set: ImageSet, family: Family) async throws {
    try await inScratch(workers: 1) { runs in
      let methods = Method.all.filter { $0.rates[family] != nil }
      var world = Self.fewSteps
      if set == .miniImageNet && family == .maml { world.filters[set] = 16 }
      let experiments = try ImageExperiments(
        on: [set], in: world, FigureOptions(budget: .paper, seeds: [3]))
      // On the larger sets one method shows that the size fits; the others' sizes are Omniglot's.
      for method in set == .omniglot ? methods : [.metaKFO] {
        let study = try experiments.network(Variant(set, method), family, seed: 3)
        let found = try await study.value(from: runs)
        #expect(0...1 ~= found.accuracy && found.firstLoss.isFinite, "\(method)")
      }
    }
  }

  /// Softmax regression likewise, with and without linear layers.
  @Test(arguments: ImageWorld.sets)
  func thePapersLinearModelsTrain(set: ImageSet) async throws {
    try await inScratch { runs in
      var world = Self.fewSteps
      world.linearIterations = 10
      let experiments = try ImageExperiments(
        on: [set], isLinear: true, in: world, FigureOptions(budget: .paper, seeds: [3]))
      for isDeep in [false, true] {
        let study = try experiments.linear(isDeep: isDeep, on: set, seed: 3)
        #expect(try await study.value(from: runs).iterations == Array(0...10))
      }
    }
  }

  /// The paper's world for two updates of two episodes.
  private static var fewSteps: ImageWorld {
    var world = ImageWorld.of(.paper)
    for set in ImageWorld.sets { world.iterations[set] = 2 }
    (world.headIterations, world.epochs) = (2, 2)
    (world.batch, world.headBatch, world.linearBatch) = (2, 2, 2)
    (world.validationEpisodes, world.testEpisodes) = (1, 1)
    return world
  }

  private func inScratch(
    workers: Int = 2, _ body: (RunStore) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    try await body(RunStore(folder: folder.url, workers: workers, progress: .silent))
  }

  /// The collapsed network is judged by a step of its own, and the same seed gives the same bits.
  @Test func syntheticTrainingRepeats() async throws {
    let folder = try TemporaryFolder()
    func outcome(_ name: String, _ depth: SyntheticProblem.Depth) async throws -> SyntheticOutcome {
      let runs = RunStore(
        folder: folder.url.appending(path: name), progress: .standardError(isQuiet: true))
      return try await SyntheticProblem.classification(depth, seed: 7, budget: .smoke)
        .study(of: [.training, .test, .collapsed]).value(from: runs)
    }
    let (first, again) = (try await outcome("a", .two), try await outcome("b", .two))
    #expect(first == again)
    #expect(first.iterations == [0, 20, 40, 60, 80, 100])
    #expect(first.curves[.collapsed] != first.curves[.test])
    let (deep, collapsed) = (
      try #require(first.curves[.test]), try #require(first.curves[.collapsed])
    )
    for (own, other) in zip(deep.lossBefore, collapsed.lossBefore) {
      #expect(abs(own - other) < 1e-5)
    }
    let shallow = try await outcome("a", .shallow)
    #expect(shallow.curves[.collapsed] == shallow.curves[.test])
    #expect(shallow.curves[.training] != shallow.curves[.test])
  }

  private func grid(_ gains: [Double]) -> Grid<Variant, Accuracy> {
    var cells: [Grid<Variant, Accuracy>.Cell] = []
    for set in ImageWorld.sets {
      for (depth, gain) in zip([2, 3, 4], gains) {
        for (method, own) in [(Method.null, 0.0), (.metaKFO, gain)] {
          // The seeds differ a little, and the gain by depth is as told.
          let found = (0..<5).map { seed in
            Accuracy(accuracy: 0.5 + own * (1 + 0.02 * Double(seed % 3)), firstLoss: 1)
          }
          cells.append(
            Grid<Variant, Accuracy>.Cell(
              place: Variant(set, method, depth: depth), values: PerSeed(found)))
        }
      }
    }
    return Grid(cells)
  }

  @Test func trendsOfGainsAreFound() throws {
    for (gains, isFalling) in [([0.1, 0.05, 0.01], true), ([0.01, 0.05, 0.1], false)] {
      for set in ImageWorld.sets {
        let trend = try #require(grid(gains).trend(of: .metaKFO, on: set))
        #expect(trend.values.allSatisfy { ($0 < 0) == isFalling })
      }
    }
    #expect(grid([0.1]).trend(of: .metaKFO, on: .omniglot) == nil)
  }
}
