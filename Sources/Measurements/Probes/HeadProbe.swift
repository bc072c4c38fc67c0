import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors
import Training

/// How well a head answers on the features of a trained backbone, by epoch.
///
/// The episodes and the answers of ``Evaluation`` on a `FrozenBackbone`, but every image of the set
/// is embedded once instead of whenever it is drawn: a thousand episodes ask for tens of thousands
/// of images out of a few thousand.
public typealias HeadEvaluation<Run: BackboneTraining, Fit: Head> = Measurement<HeadProbe<Run, Fit>>

extension Measurement {
  /// The evaluation of a head on a backbone after some epochs of its training.
  public init<Run: BackboneTraining, Fit: Head>(
    of backbone: FrozenBackbone<Run, Fit>, afterEpochs epochs: [Int],
    on episodes: ClassificationEpisodes, count: Int, seed: Int
  ) where Look == HeadProbe<Run, Fit> {
    self.init(HeadProbe(backbone, episodes), afterEpochs: epochs, count: count, seed: seed)
  }
}

/// The scores of a head's answers on features that were computed before.
public struct HeadProbe<Run: BackboneTraining, Fit: Head>: Probe {
  /// What answers.
  public var backbone: FrozenBackbone<Run, Fit>
  /// The episodes, of classes not trained on; their images are not turned.
  public var episodes: ClassificationEpisodes

  init(_ backbone: FrozenBackbone<Run, Fit>, _ episodes: ClassificationEpisodes) {
    precondition(episodes.rotations == .none, "turned images have other features")
    (self.backbone, self.episodes) = (backbone, episodes)
  }

  /// `head-evaluation`.
  public static var name: String { "head-evaluation" }

  /// The training of the backbone.
  public var training: any TrainingRun { backbone.training }

  /// The features of all images.
  public func parameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    let trained = try await backbone.training.trained(afterEpoch: epoch, from: runs)
    try trained.checkScale(afterEpoch: epoch)
    let features = try await BackboneFeatures(of: backbone.training).features(
      ofAll: episodes.images, afterEpoch: epoch, from: runs)
    return Parameters(names: ["features"], leaves: [features])
  }

  /// What answers.
  public func instrument(
    like example: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<EvaluationOutcome> {
    let (head, episodes) = (backbone.learner.head, episodes)
    let generator = Generator(seed: seed).split("test")
    @Sendable func episode(
      _ number: Int, _ parameters: Parameters<ShapedArray>
    ) -> Episode<ShapedArray> {
      EmbeddedImages(parameters["features"], of: episodes.images)
        .episode(number, of: generator, from: episodes)
    }
    let program = Program(like: episode(0, example)) { (episode: Episode<Tensor>) in
      let scores = head.scores(for: episode.query.inputs, after: episode.support)
      return Score(scores, episode.query.targets, by: .crossEntropy)
    }
    return ListedValues(plan: program.plan) { number, parameters, arena in
      [program(episode(number, parameters), in: arena)]
    } outcome: {
      EvaluationOutcome(epoch: $1, scores: $0)
    }
  }
}
