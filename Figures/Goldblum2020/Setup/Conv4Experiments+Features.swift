import CommonSetup
import DataSets
import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Training

/// Conv-4 as a maker of features: by classical training and by ProtoNet.
extension Conv4Experiments {
  /// The network of MAML as the body of a classifier of all training classes.
  package func classicalBesideMAML(seed: UInt64) throws -> Classical {
    try classical(filters: world.maml.filters, scaling: nil, seed: seed)
  }

  package func classicalBesideProtoNet(seed: UInt64) throws -> Classical {
    try classical(filters: world.prototypeFilters, scaling: Self.set.scaling, seed: seed)
  }

  private func backbone(
    filters: Int, scaling: ChannelScaling?, seed: UInt64
  ) -> ConvolutionalBackbone {
    ConvolutionalBackbone(
      imageShape: images(seed: seed).imageShape, filters: filters, scaling: scaling)
  }

  func classical(
    filters: Int, scaling: ChannelScaling?, seed: UInt64
  ) throws -> Classical {
    let settings = own.classical
    let batches = try pairs(augmentation: own.augmentation(Self.set), seed: seed)
    return ClassicalTraining(
      of: backbone(filters: filters, scaling: scaling, seed: seed), on: batches,
      epochs: settings.epochs,
      rate: .pieces(settings.rates, last: settings.lastRate, updates: batches.batchesPerEpoch),
      seed: Int(clamping: seed))
  }

  /// ProtoNet with the shots of the extractors' meta-training.
  package func protoNet(seed: UInt64) throws -> Prototypical {
    let settings = own.episodic
    return try EpisodicTraining(
      of: .protoNet(
        backbone(filters: world.prototypeFilters, scaling: Self.set.scaling, seed: seed)),
      on: AugmentedEpisodes(
        episodes(
          of: images(seed: seed).train, shots: settings.shots[Self.set],
          queries: settings.queries), by: own.augmentation(Self.set)),
      episodesPerPass: settings.episodesPerPass[Self.set],
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.stepsPerEpoch,
        batch: settings.episodesPerStep,
        rate: .pieces(settings.rates, last: settings.lastRate, updates: settings.stepsPerEpoch)),
      seed: Int(clamping: seed))
  }

  /// The answers of the nearest mean on the features of a backbone after its training.
  package func accuracy<Run: BackboneTraining>(
    of training: Run, shots: Int
  ) throws -> HeadEvaluation<Run, Prototypes> {
    HeadEvaluation(
      of: FrozenBackbone(of: training, with: Prototypes()), afterEpochs: [training.schedule.epochs],
      on: try testEpisodes(shots: shots, seed: UInt64(training.seed)),
      count: own.testEpisodes, seed: training.seed)
  }

  /// R_FC and R_HV of features on the training classes: those of one pass over their images.
  package func separation<Start: FeatureMaking>(
    of start: Start, afterEpoch epoch: Int, seed: UInt64
  ) throws -> SeparationMeasurement<Start> {
    SeparationMeasurement(
      of: start, afterEpoch: epoch, on: try pairs(augmentation: nil, seed: seed),
      seed: Int(clamping: seed))
  }

  private func pairs(augmentation: Augmentation?, seed: UInt64) throws -> ClassPairs {
    try ClassPairs(
      of: images(seed: seed).train, pairsPerBatch: own.classical.pairs, augmentation: augmentation)
  }
}
