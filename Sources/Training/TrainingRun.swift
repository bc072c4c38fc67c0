import Experiments
import Tensors

/// An experiment that trains: its outcome is a curve, and its checkpoints hold what every epoch left.
///
/// Equal descriptions share the training.
public protocol TrainingRun: Experiment where Outcome == TrainingCurve {
  /// For how long it trains, at which rate.
  var schedule: Schedule { get }

  /// What training begins with.
  func initialState() -> TrainedWeights
}

/// What an epoch of a training left.
///
/// Kept in each checkpoint as `weights.safetensors` and, where there are any,
/// `statistics.safetensors`.
public struct TrainedWeights: Equatable, Sendable {
  /// All that is trained.
  public var weights: Parameters<ShapedArray>
  /// The running means and variances of normalised layers; none where batches use their own alone.
  public var statistics: Parameters<ShapedArray>

  /// Weights with their statistics, if there are any.
  public init(
    weights: Parameters<ShapedArray>, statistics: Parameters<ShapedArray> = Parameters()
  ) {
    self.weights = weights
    self.statistics = statistics
  }
}

extension TrainingRun {
  /// What an epoch left, trained up to there if need be; epoch 0 is what training began with.
  public func trained(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> TrainedWeights {
    let checkpoint = try await runs.checkpoint(of: self, afterEpoch: epoch)
    let example = initialState()
    return TrainedWeights(
      weights: try checkpoint.weights(like: example.weights),
      statistics: example.statistics.names.isEmpty
        ? Parameters() : try checkpoint.statistics(like: example.statistics))
  }

  /// As much of the training as whoever reads its epochs up to one takes: all, or a beginning.
  ///
  /// A training that may diverge has to be done before anyone knows how many epochs it has.
  public func upTo(epoch: Int) -> any Experiment {
    epoch < schedule.epochs && schedule.mayDiverge != true
      ? Beginning(of: self, epochs: epoch) : self
  }

  /// Of some epochs, those that the training has, trained up to the last one if need be: all, unless
  /// it diverged before.
  public func reached(_ epochs: [Int], in runs: RunStore) async throws -> [Int] {
    guard let last = epochs.max() else { return [] }
    if schedule.mayDiverge == true {
      let done = try await runs.outcome(of: self).epochs.count
      return epochs.filter { $0 <= done }
    }
    _ = try await runs.checkpoint(of: self, afterEpoch: last)
    return epochs
  }
}
