import Experiments
import Networks
import Tensors

/// A backbone as a training left it: what answers without being adapted itself.
///
/// Kept in each checkpoint as `weights.safetensors` and `statistics.safetensors`.
public struct TrainedBackbone: Equatable, Sendable {
  /// The backbone's weights, and below `head/` what the head had of its own while training.
  public var weights: Parameters<ShapedArray>
  /// The running means and variances of its normalised layers.
  public var statistics: Parameters<ShapedArray>

  /// Weights with their statistics.
  public init(weights: Parameters<ShapedArray>, statistics: Parameters<ShapedArray>) {
    self.weights = weights
    self.statistics = statistics
  }
}

/// A way to a trained backbone, with what it was at the end of every epoch.
///
/// What measurements of features begin from: classical training of a classifier, or episodic
/// training with a head. Equal descriptions share the training.
public protocol BackboneTraining: Experiment where Outcome == TrainingCurve {
  /// The kind of backbone.
  associatedtype Net: Backbone

  /// What is trained.
  var backbone: Net { get }

  /// The weights before training: the backbone's, and the head's below `head/`.
  func initialWeights() -> Parameters<ShapedArray>

  /// What weights, images and masks are drawn from.
  var seed: Int { get }

  /// For how long it is trained, at which rate.
  var schedule: Schedule { get }

  /// What follows a gradient.
  var optimizer: SGD { get }

  /// Its updates, to be measured.
  var work: TrainingWork { get }
}

extension BackboneTraining {
  /// What it begins in.
  var start: TrainingState {
    TrainingState(
      parameters: initialWeights(), statistics: backbone.initialStatistics, optimizer: optimizer)
  }

  /// The backbone after an epoch, trained if need be; after none, the initial one.
  public func trained(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> TrainedBackbone {
    let checkpoint = try await runs.checkpoint(of: self, afterEpoch: epoch)
    return TrainedBackbone(
      weights: try checkpoint.weights(like: initialWeights()),
      statistics: try checkpoint.statistics(like: backbone.initialStatistics))
  }
}
