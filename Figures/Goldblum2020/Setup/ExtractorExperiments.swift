import CommonSetup
import DataSets
import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Reproduction
import Training

/// The extractors of the paper under some options: equal ones are the same runs everywhere.
package struct ExtractorExperiments: Sendable {
  /// The world they are trained in.
  package let world: World
  package let data: [DataFingerprint]
  /// What stands for the sets.
  package let found: [SetImages]

  /// The experiments under a user's options, in the budget's world or another, on some of the sets.
  ///
  /// - Throws: What is wrong with the data, and what to do.
  package init(
    _ options: FigureOptions, in world: World? = nil, on sets: [ImageSet] = World.sets
  ) throws {
    let world = world ?? .of(options.budget)
    found = try options.sets(sets).map { set in
      let side = world.sides[set]
      return try options.images(of: set, side: side) {
        world.standIn.scenes(series: set.seriesOfScenes, side: side, seed: $0)
      }
    }
    data = found.flatMap {
      let side = world.sides[$0.set]
      return $0.fingerprints(
        seeds: options.seeds, includingValidation: world.episodic.validationEpisodes > 0,
        named: $0.isPublished ? nil : "scenes \(side)×\(side) for \($0.set.title)")
    }
    self.world = world
  }

  /// The experiments of a world that are planned and never run: their images are black.
  package init(planning world: World) {
    (self.world, data) = (world, [])
    found = World.sets.map { set in
      let black = DataSet.black(world.standIn, side: world.sides[set])
      return SetImages(set: set, isPublished: false) { _ in black }
    }
  }

  /// The extractors that are trained.
  package var extractors: [Extractor] {
    world.extractors.filter { found.map(\.set).contains($0.set) }
  }

  /// An extractor with a seed, on the images of that seed or of another.
  package func run(
    _ extractor: Extractor, seed: UInt64, onImagesOf dataSeed: UInt64? = nil
  ) throws -> ExtractorRun {
    let images = try found.images(of: extractor.set).data(seed: dataSeed ?? seed)
    let set = extractor.set
    let side = world.sides[set]
    let factor = world.widths[extractor.network] ?? 1
    switch extractor.network {
    case .r2d2:
      return try run(
        extractor,
        R2D2Network(imageShape: [side, side, 3], widthFactor: factor, scaling: set.scaling),
        on: images, seed: seed)
    case .resNet12:
      return try run(
        extractor,
        ResidualNetwork(
          imageShape: [side, side, 3], widthFactor: factor,
          blockSide: side == 84 ? set.blockSide : 2, scaling: set.scaling), on: images,
        seed: seed)
    }
  }

  private func run(
    _ extractor: Extractor, _ network: some Backbone, on images: DataSet, seed: UInt64
  ) throws -> ExtractorRun {
    switch extractor.routine {
    case .ridge:
      let training = try episodic(.r2D2(network), on: images, of: extractor.set, seed: seed)
      return try run(training, testedWith: RidgeRegression(), on: images, isEpisodic: true)
    case .machine:
      let training = try episodic(
        .metaOptNet(network), on: images, of: extractor.set, seed: seed)
      return try run(training, testedWith: SupportVectorMachine(), on: images, isEpisodic: true)
    case .classical, .clustering, .hyperplanes:
      // The paper's classical rows of Table 3 are those of Table 1 under the machine.
      return try run(
        classical(network, extractor, on: images, seed: seed),
        testedWith: SupportVectorMachine(), on: images)
    }
  }

  private func run<Trained: BackboneTraining>(
    _ training: Trained, testedWith head: some Head, on data: DataSet, isEpisodic: Bool = false
  ) throws -> ExtractorRun {
    func episodes(_ images: LabelledImages, shots: Int) throws -> ClassificationEpisodes {
      try ClassificationEpisodes(
        images: images, ways: World.ways, shots: shots, queries: World.testQueries,
        rotations: .none)
    }
    // Classical trainings keep their last epoch; the code of MetaOptNet chooses.
    let isChosen = world.episodic.validationEpisodes > 0 && isEpisodic
    return try ExtractorRun(
      BackboneTest(
        of: FrozenBackbone(of: training, with: head),
        choosingBy: isChosen ? try episodes(data.validation, shots: 5) : nil,
        count: isChosen ? world.episodic.validationEpisodes : 0,
        judgedBy: try World.testShots.map { try episodes(data.test, shots: $0) },
        count: world.testEpisodes,
        pairs: try ClassPairs(
          of: data.train, pairsPerBatch: world.classical.pairs, augmentation: nil)))
  }
}
