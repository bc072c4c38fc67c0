import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors
import Training

/// How sharply the support loss curves where adaptation ends, by epoch.
///
/// The spectral norm ‖H‖ = max |λ(H)| of the Hessian H = ∇²L(θ̃ᵢ) of each episode's support loss at
/// its adapted weights, averaged over episodes (equations 3 and 4; the last form of 3, a root of an
/// eigenvalue, is a misprint: for a symmetric matrix the norm is the largest absolute eigenvalue
/// itself).
/// Batch normalisation is part of the loss, with the statistics of the support set.
///
/// The norm is found by ``Lanczos`` on products H v = ∇⟨∇L, v⟩ in single precision. The episodes are
/// the first ones in the list `"curvature"` of the seed, the same ones after every epoch.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019, section 4.1. <https://arxiv.org/abs/1907.07287>
public struct Curvature<Training: MetaTrained, Source: EpisodeSource>: Experiment
where Training.Learner: AdaptingLearner {
  /// Where the meta-parameters come from.
  public var training: Training
  /// The epochs after which to look, ascending.
  public var epochs: [Int]
  /// The meta-test episodes.
  public var episodes: Source
  /// How many episodes to average over.
  public var count: Int
  /// How eigenvalues are found.
  public var lanczos = Lanczos()
  /// What episodes and start vectors are drawn from.
  public var seed: Int

  /// The curvature at the solutions reached from a training's meta-parameters.
  public init(
    of training: Training, afterEpochs epochs: [Int], on episodes: Source, count: Int,
    lanczos: Lanczos = Lanczos(), seed: Int
  ) {
    self.training = training
    self.epochs = epochs
    self.episodes = episodes
    self.count = count
    self.lanczos = lanczos
    self.seed = seed
  }

  /// `curvature`.
  public static var name: String { "curvature" }

  /// One summary for each epoch.
  public typealias Outcome = [CurvatureSummary]

  /// Finds the norms for all episodes from the meta-parameters of all epochs.
  public func run(_ context: RunContext) async throws -> Outcome {
    let measurement = EpochMeasurement<CurvatureMethod<Training.Learner, Source>>(
      title: "curvature", training: training, epochs: epochs, count: count, seed: seed)
    let generator = Generator(seed: seed).split("curvature")
    return try await measurement.run(context) {
      CurvatureMethod(
        of: training.learner, from: $0, on: episodes, lanczos: lanczos, generator)
    }
  }
}

/// The curvature at the solutions reached from the meta-parameters of one epoch.
public struct CurvatureSummary: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean spectral norm.
  public var spectralNorm: Double
  /// The spectral norm of every episode.
  public var spectralNorms: [Double]
  /// The mean number of Hessian-vector products that a norm took.
  public var products: Double
  /// For how many episodes the tolerance was not met.
  public var unconverged: Int
}
