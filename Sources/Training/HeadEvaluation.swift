import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// How well a head answers on the features of a trained backbone, by epoch.
///
/// The episodes and the answers of ``Evaluation`` on a ``FrozenBackbone``, but every image of the
/// set is embedded once instead of whenever it is drawn: a thousand episodes ask for tens of
/// thousands of images out of a few thousand.
public struct HeadEvaluation<Training: BackboneTraining, Fit: Head>: Experiment {
  /// What answers.
  public var backbone: FrozenBackbone<Training, Fit>
  /// The epochs after which to look, ascending.
  public var epochs: [Int]
  /// The episodes, of classes not trained on; their images are not turned.
  public var episodes: ClassificationEpisodes
  /// How many episodes to answer.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The evaluation of a head on a backbone after some epochs of its training.
  public init(
    of backbone: FrozenBackbone<Training, Fit>, afterEpochs epochs: [Int],
    on episodes: ClassificationEpisodes, count: Int, seed: Int
  ) {
    precondition(episodes.rotations == .none, "turned images have other features")
    self.backbone = backbone
    self.epochs = epochs
    self.episodes = episodes
    self.count = count
    self.seed = seed
  }

  /// `head-evaluation`.
  public static var name: String { "head-evaluation" }

  /// Answers all episodes on the features of all epochs.
  public func run(_ context: RunContext) async throws -> [EvaluationOutcome] {
    let (training, images) = (backbone.training, episodes.images)
    let measurement = EpochMeasurement<HeadAnswers<Fit>>(
      title: "evaluation", epochs: epochs, count: count, seed: seed
    ) { epoch, runs in
      let trained = try await training.trained(afterEpoch: epoch, from: runs)
      try trained.checkScale(afterEpoch: epoch)
      let features = try await training.backbone.features(
        ofAll: images, by: trained, workers: runs.workers)
      return Parameters(names: ["features"], leaves: [features])
    }
    let generator = Generator(seed: seed).split("test")
    return try await measurement.run(context) {
      HeadAnswers(of: backbone.learner.head, on: $0["features"], to: episodes, generator)
    }
  }
}

extension [EvaluationOutcome] {
  /// The epoch after which accuracy is highest; ties go to the earlier one.
  ///
  /// - Precondition: There is an outcome.
  public var bestEpoch: Int {
    precondition(!isEmpty, "there is no epoch to choose")
    return dropFirst().reduce(self[0]) { $1.accuracy > $0.accuracy ? $1 : $0 }.epoch
  }
}

/// The scores of a head's answers.
private struct HeadAnswers<Fit: Head>: EpisodeMethod {
  private let program: Program<Episode<Tensor>, Score<Tensor>>
  private let episodes: ClassificationEpisodes
  private let generator: Generator

  init(
    of head: Fit, on features: ShapedArray, to episodes: ClassificationEpisodes,
    _ generator: Generator
  ) {
    let embedded = EmbeddedImages(features, of: episodes.images)
    program = Program(like: embedded.episode(0, of: generator, from: episodes)) { episode in
      let scores = head.scores(for: episode.query.inputs, after: episode.support)
      return Score(scores, episode.query.targets, by: .crossEntropy)
    }
    self.episodes = episodes
    self.generator = generator
  }

  var plans: [Plan] { [program.plan] }

  func makeMemory() -> Arena { program.makeArena() }

  func value(
    ofEpisode number: Int, from parameters: Parameters<ShapedArray>, in arena: Arena
  ) -> Score<ShapedArray> {
    let embedded = EmbeddedImages(parameters["features"], of: episodes.images)
    return program(embedded.episode(number, of: generator, from: episodes), in: arena)
  }

  func emptySummary(of parameters: Parameters<ShapedArray>) -> [[Score<ShapedArray>]] { [] }

  func add(_ score: Score<ShapedArray>, to all: inout [[Score<ShapedArray>]]) {
    all.append([score])
  }

  func outcome(of all: [[Score<ShapedArray>]], epoch: Int) -> EvaluationOutcome {
    EvaluationOutcome(epoch: epoch, scores: all)
  }
}
