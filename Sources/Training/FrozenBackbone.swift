import MetaLearners
import Networks
import Tensors

/// A trained backbone that stays as it is, with a head that is fitted to each support set.
///
/// What evaluations ask, however the backbone was trained.
public struct FrozenBackbone<Training: BackboneTraining, Fit: Head>: Trained {
  /// How the backbone was trained.
  public var training: Training
  /// The backbone with its head.
  public var learner: EmbeddingLearner<Training.Net, Fit>

  /// The backbone of a training with a head, its own or another.
  ///
  /// The scale that was learned for one head is none of another's: scores are logits here. That
  /// leaves the accuracies of a positive scale as they are, and a training that left another is
  /// refused.
  public init(of training: Training, with head: Fit) {
    self.training = training
    learner = EmbeddingLearner(training.backbone, head: head)
  }

  /// The seed of the training.
  public var seed: Int { training.seed }

  /// The backbone's weights and running statistics.
  ///
  /// - Throws: ``TrainingError/scaleNotPositive(scale:epoch:)``.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) throws -> Parameters<ShapedArray> {
    try trained.checkScale(afterEpoch: epoch)
    return learner.metaParameters(weights: trained.weights, statistics: trained.statistics)
  }
}

extension TrainedWeights {
  /// Refuses features that were learned for scores of which the smallest wins, or none.
  package func checkScale(afterEpoch epoch: Int) throws(TrainingError) {
    guard weights.names.contains("head/scale") else { return }
    let scale = weights["head/scale"].scalar
    if !(scale > 0) { throw .scaleNotPositive(scale: scale, epoch: epoch) }
  }
}
