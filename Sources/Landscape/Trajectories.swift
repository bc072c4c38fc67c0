import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors
import Training

/// What the adaptations of many episodes have in common, and what they reach, by epoch.
///
/// The inner loop starts at the meta-train solution θ for each of n meta-test episodes and ends at
/// θ̃ᵢ. With the displacement θ̃ᵢ − θ, its direction uᵢ = (θ̃ᵢ − θ)/‖θ̃ᵢ − θ‖, and the support gradient
/// gᵢ = −∇Lᵢ(θ) at the start:
/// - trajectory coherence: the mean of uᵢ · uⱼ over i ≠ j (equation 5);
/// - gradient coherence: the mean of gᵢ · gⱼ over i ≠ j (equation 6);
/// - trajectory length: the mean of ‖θ̃ᵢ − θ‖ (figure 6c, d);
/// and the support loss and the target accuracy at θ̃ᵢ.
///
/// All are taken over the weights that the inner loop adapts. The episodes are the first ones in the
/// list `"trajectories"` of the seed, the same ones after every epoch.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019. <https://arxiv.org/abs/1907.07287>
public struct Trajectories<Training: MetaTrained, Source: EpisodeSource>: Experiment
where Training.Learner: AdaptingLearner {
  /// Where the meta-parameters come from.
  public var training: Training
  /// The epochs after which to look, ascending.
  public var epochs: [Int]
  /// The meta-test episodes.
  public var episodes: Source
  /// n.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The trajectories from a training's meta-parameters after some epochs.
  public init(
    of training: Training, afterEpochs epochs: [Int], on episodes: Source, count: Int, seed: Int
  ) {
    self.training = training
    self.epochs = epochs
    self.episodes = episodes
    self.count = count
    self.seed = seed
  }

  /// `trajectories`.
  public static var name: String { "trajectories" }

  /// One summary for each epoch.
  public typealias Outcome = [TrajectorySummary]

  /// Adapts to all episodes from the meta-parameters of all epochs.
  public func run(_ context: RunContext) async throws -> Outcome {
    let measurement = EpochMeasurement<TrajectoryMethod<Training.Learner, Source>>(
      title: "trajectories", training: training, epochs: epochs, count: count, seed: seed)
    let generator = Generator(seed: seed).split("trajectories")
    return try await measurement.run(context) {
      TrajectoryMethod(of: training.learner, from: $0, on: episodes, generator)
    }
  }
}

/// What the trajectories from the meta-parameters of one epoch have in common.
public struct TrajectorySummary: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean cosine between the displacements of two episodes.
  public var coherence: Double
  /// The mean inner product between the support gradients of two episodes, at the start.
  public var gradientCoherence: Double
  /// The mean length of a displacement.
  public var length: Double
  /// The mean support loss before the inner loop.
  public var initialSupportLoss: Double
  /// The mean support loss after the inner loop.
  public var supportLoss: Double
  /// The mean accuracy on the query before the inner loop.
  public var initialAccuracy: Double
  /// The mean accuracy on the query after the inner loop: the target accuracy.
  public var accuracy: Double
  /// The mean loss on the query after the inner loop.
  public var queryLoss: Double
}
