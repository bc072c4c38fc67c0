import Experiments
import MetaLearners
import Networks
import Tensors
import Training

/// A training whose network has features: what its head sees, or what a head is fitted to.
public protocol FeatureMaking: Encodable, Sendable {
  /// The training.
  var training: any TrainingRun { get }

  /// What makes the features after an epoch.
  func featureParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray>

  /// The features `[n, features]` of images `[n, height, width, channels]`.
  func features(of images: Tensor, _ parameters: Parameters<Tensor>) -> Tensor
}

/// The features of a trained backbone.
public struct BackboneFeatures<Run: BackboneTraining>: FeatureMaking {
  /// How the backbone was trained.
  public var run: Run
  /// By what its layers normalise.
  public var normalization: FeatureNormalization

  /// The features of a backbone while answering, unless told otherwise.
  public init(of run: Run, normalizedBy normalization: FeatureNormalization = .runningStatistics) {
    (self.run, self.normalization) = (run, normalization)
  }

  /// The training of the backbone.
  public var training: any TrainingRun { run }

  /// The weights below `weights`, the running statistics below `statistics`.
  public func featureParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    let trained = try await run.trained(afterEpoch: epoch, from: runs)
    return trained.weights.scoped("weights")
      .replacing(trained.statistics.scoped("statistics"))
  }

  /// The features; nothing is dropped.
  public func features(of images: Tensor, _ parameters: Parameters<Tensor>) -> Tensor {
    let phase: Phase =
      switch normalization {
      case .runningStatistics: .answering(statistics: parameters.scope("statistics"))
      case .batchStatistics: .training(masks: Parameters())
      }
    return run.backbone.embedding(of: images, parameters.scope("weights"), phase).features
  }
}

/// By what the layers of a network normalise while features are made.
///
/// Learners are compared by the same one: those of MAML's family have no running statistics.
public enum FeatureNormalization: String, Codable, Sendable {
  /// The means and variances that were collected while training.
  case runningStatistics
  /// The means and variances of the batch of images at hand.
  case batchStatistics
}

/// The features that the head of a meta-trained network sees before any adaptation, normalised by
/// the statistics of the batch of images at hand.
public struct BodyFeatures<Start: Trained, Rule: UpdateRule>: FeatureMaking
where Start.Learner == GradientLearner<ConvolutionalNetwork, Rule> {
  /// What the meta-parameters come from.
  public var start: Start

  /// The features of a network's body.
  public init(of start: Start) { self.start = start }

  /// The training behind the meta-parameters.
  public var training: any TrainingRun { start.training }

  /// The meta-parameters.
  public func featureParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try await start.metaParameters(afterEpoch: epoch, from: runs)
  }

  /// The inputs of the head.
  public func features(of images: Tensor, _ parameters: Parameters<Tensor>) -> Tensor {
    start.learner.model.embedding(of: images, parameters.scope("model"))
  }
}
