import Experiments
import MetaLearners
import Tensors

/// A way to meta-parameters after every epoch of a training.
///
/// What measurements begin from: a meta-training itself, a finetuning baseline on top of an ordinary
/// training, a trained backbone with a head.
public protocol Trained: Encodable, Sendable {
  /// The kind of training.
  associatedtype Run: TrainingRun
  /// The kind of learner that starts from the meta-parameters.
  associatedtype Learner: MetaLearner

  /// What is trained.
  var training: Run { get }

  /// What starts from the meta-parameters.
  var learner: Learner { get }

  /// The seed of the training.
  var seed: Int { get }

  /// The meta-parameters made of what an epoch of the training left.
  func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) throws -> Parameters<ShapedArray>

  /// What an episode starts from, if there is something that is drawn anew for each; else the
  /// meta-parameters themselves.
  func metaParameters(
    _ meta: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray>
}

extension Trained {
  /// The same for all episodes.
  public func metaParameters(
    _ meta: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray> { meta }

  /// The meta-parameters after an epoch; after none, the initial ones.
  ///
  /// Trains if need be.
  public func metaParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try metaParameters(
      of: try await training.trained(afterEpoch: epoch, from: runs), afterEpoch: epoch)
  }
}
