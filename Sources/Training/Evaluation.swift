import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors

/// How well a learner answers on unseen classes, before and after each inner step, by epoch.
///
/// The same episodes, the first ones in the list `"test"` of the seed, are answered from the
/// meta-parameters after each of the given epochs.
public struct Evaluation<Training: MetaTrained, Source: EpisodeSource>: Experiment {
  /// Where the meta-parameters come from.
  public var training: Training
  /// The epochs after which to look, ascending.
  public var epochs: [Int]
  /// The episodes, of classes not trained on.
  public var episodes: Source
  /// How many episodes to answer.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The evaluation of a training after some epochs.
  public init(
    of training: Training, afterEpochs epochs: [Int], on episodes: Source, count: Int, seed: Int
  ) {
    self.training = training
    self.epochs = epochs
    self.episodes = episodes
    self.count = count
    self.seed = seed
  }

  /// One outcome for each epoch.
  public typealias Outcome = [EvaluationOutcome]

  /// `evaluation`.
  public static var name: String { "evaluation" }

  /// Answers all episodes from the meta-parameters of all epochs.
  public func run(_ context: RunContext) async throws -> Outcome {
    let generator = Generator(seed: seed).split("test")
    let measurement = EpochMeasurement<Answers<Training.Learner, Source>>(
      title: "evaluation", training: training, epochs: epochs, count: count, seed: seed)
    return try await measurement.run(context) {
      Answers(of: training.learner, from: $0, to: episodes, generator)
    }
  }
}

/// What the answers from the meta-parameters of one epoch were worth.
public struct EvaluationOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean query loss before the inner loop and after each step.
  public var losses: [Double]
  /// The mean accuracy before the inner loop and after each step.
  public var accuracies: [Double]
  /// The accuracy of every episode after the last step.
  public var finalAccuracies: [Double]

  /// The scores of every episode, each at all stages of adaptation.
  init(epoch: Int, scores: [[Score<ShapedArray>]]) {
    func mean(_ value: (Score<ShapedArray>) -> ShapedArray) -> [Double] {
      scores[0].indices.map { step in
        scores.reduce(0) { $0 + Double(value($1[step]).scalar) } / Double(scores.count)
      }
    }
    self.epoch = epoch
    losses = mean(\.loss)
    accuracies = mean(\.accuracy)
    finalAccuracies = scores.map { Double($0[$0.count - 1].accuracy.scalar) }
  }

  /// The mean accuracy after the last step.
  public var accuracy: Double { accuracies[accuracies.count - 1] }
}

/// The scores of the answers at every stage of adaptation.
private struct Answers<Learner: MetaLearner, Source: EpisodeSource>: EpisodeMethod {
  typealias Value = [Score<ShapedArray>]
  private let program: Program<Parameters<Tensor>, Episode<Tensor>, [Score<Tensor>]>
  private let episodes: Source
  private let generator: Generator

  init(
    of learner: Learner, from meta: Parameters<ShapedArray>, to episodes: Source,
    _ generator: Generator
  ) {
    program = Program(like: meta, episodes.episode(0, of: generator)) { meta, episode in
      learner.predictionsAtEveryStep(
        for: episode.query.inputs, after: episode.support, from: meta
      ).map { Score($0, episode.query.targets, by: learner.loss) }
    }
    self.episodes = episodes
    self.generator = generator
  }

  var plans: [Plan] { [program.plan] }

  func makeMemory() -> Arena { program.makeArena() }

  func value(
    ofEpisode number: Int, from meta: Parameters<ShapedArray>, in arena: Arena
  ) -> [Score<ShapedArray>] {
    program(meta, episodes.episode(number, of: generator), in: arena)
  }

  func emptySummary(of meta: Parameters<ShapedArray>) -> [[Score<ShapedArray>]] { [] }

  func add(_ scores: [Score<ShapedArray>], to all: inout [[Score<ShapedArray>]]) {
    all.append(scores)
  }

  func outcome(of all: [[Score<ShapedArray>]], epoch: Int) -> EvaluationOutcome {
    EvaluationOutcome(epoch: epoch, scores: all)
  }
}
