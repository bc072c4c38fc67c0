import DataSets
import Episodes
import MetaLearners
import Networks
import Training

extension ExtractorExperiments {
  func classical<Net: Backbone>(
    _ network: Net, _ extractor: Extractor, on images: DataSet, seed: UInt64
  ) throws -> ClassicalTraining<Net> {
    let settings = world.classical
    let batches = try ClassPairs(
      of: images.train, pairsPerBatch: settings.pairs,
      augmentation: world.augmentation(extractor.set))
    return ClassicalTraining(
      of: network, on: batches,
      penalty: SeparationPenalty(
        featureClustering: extractor.routine == .clustering ? settings.featureClustering : 0,
        hyperplaneVariation: extractor.routine == .hyperplanes
          ? settings.hyperplaneVariation : 0),
      epochs: settings.epochs,
      rate: .pieces(settings.rates, last: settings.lastRate, updates: batches.batchesPerEpoch),
      seed: Int(clamping: seed))
  }

  func episodic<Net: Backbone, Fit: Head>(
    _ learner: EmbeddingLearner<Net, Fit>, on images: DataSet, of set: ImageSet, seed: UInt64
  ) throws -> EpisodicTraining<Net, Fit, AugmentedEpisodes<ClassificationEpisodes>> {
    let settings = world.episodic
    let episodes = try ClassificationEpisodes(
      images: images.train, ways: World.ways, shots: settings.shots[set],
      queries: settings.queries, rotations: .none)
    return EpisodicTraining(
      of: learner, on: AugmentedEpisodes(episodes, by: world.augmentation(set)),
      episodesPerPass: settings.episodesPerPass[set], labelSmoothing: settings.smoothing[set],
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.stepsPerEpoch,
        batch: settings.episodesPerStep,
        rate: .pieces(settings.rates, last: settings.lastRate, updates: settings.stepsPerEpoch)),
      seed: Int(clamping: seed))
  }
}

extension RateSchedule {
  /// Rates by the number of epochs before which they hold, for so many updates in each.
  static func pieces(
    _ pieces: [(rate: Double, beforeEpoch: Int)], last: Double, updates: Int
  ) -> RateSchedule {
    .pieces(
      pieces.map { Piece($0.rate, before: $0.beforeEpoch * updates) }, last: last)
  }
}
