import Networks
import Tensors

/// A way to a trained backbone.
///
/// What measurements of features begin from: classical training of a classifier, or episodic
/// training with a head.
public protocol BackboneTraining: TrainingRun {
  /// The kind of backbone.
  associatedtype Net: Backbone

  /// What is trained.
  var backbone: Net { get }

  /// The weights before training: the backbone's, and the head's below `head/`.
  func initialWeights() -> Parameters<ShapedArray>

  /// What weights, images and masks are drawn from.
  var seed: Int { get }

  /// What follows a gradient.
  var optimizer: SGD { get }

  /// Its updates, to be measured.
  var work: TrainingWork { get }
}

extension BackboneTraining {
  /// The initial weights with the backbone's initial statistics.
  public func initialState() -> TrainedWeights {
    TrainedWeights(weights: initialWeights(), statistics: backbone.initialStatistics)
  }

  /// What it begins in.
  var start: TrainingState { TrainingState(of: initialState(), optimizer: optimizer) }
}
