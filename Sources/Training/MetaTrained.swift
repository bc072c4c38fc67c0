import Experiments
import MetaLearners
import Tensors

/// A way to meta-parameters, with what they were at the end of every epoch.
///
/// What measurements begin from: a meta-training run, or a finetuning baseline on top of an
/// ordinary training run. Equal descriptions share the training.
public protocol MetaTrained: Encodable, Sendable {
  /// The kind of learner that starts from the meta-parameters.
  associatedtype Learner: MetaLearner

  /// What starts from the meta-parameters.
  var learner: Learner { get }

  /// The meta-parameters after an epoch; after none, the initial ones. Trains if need be.
  func metaParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray>
}
