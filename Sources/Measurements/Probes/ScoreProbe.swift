import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors
import Training

/// How well a learner answers on unseen classes, before and after each inner step, by epoch.
///
/// The episodes are the first ones in the list `"test"` of the seed.
public typealias Evaluation<Start: Trained, Source: EpisodeSource> =
  Measurement<ScoreProbe<Start, Source>>

extension Measurement {
  /// The evaluation of a training after some epochs.
  public init<Start: Trained, Source: EpisodeSource>(
    of start: Start, afterEpochs epochs: [Int], on episodes: Source, count: Int, seed: Int
  ) where Look == ScoreProbe<Start, Source> {
    self.init(ScoreProbe(start, episodes), afterEpochs: epochs, count: count, seed: seed)
  }
}

/// The scores of a learner's answers at every stage of adaptation.
public struct ScoreProbe<Start: Trained, Source: EpisodeSource>: LearnerProbe {
  /// What the learner starts from.
  public var start: Start
  /// The episodes, of classes not trained on.
  public var episodes: Source

  private enum CodingKeys: String, CodingKey {
    case start = "training"
    case episodes
  }

  init(_ start: Start, _ episodes: Source) { (self.start, self.episodes) = (start, episodes) }

  /// `evaluation`.
  public static var name: String { "evaluation" }

  /// What answers.
  public func instrument(
    like meta: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<EvaluationOutcome> {
    let (learner, episodes) = (start.learner, episodes)
    let generator = Generator(seed: seed).split("test")
    let program = Program(like: meta, episodes.episode(0, of: generator)) {
      (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      learner.predictionsAtEveryStep(
        for: episode.query.inputs, after: episode.support, from: meta
      ).map { Score($0, episode.query.targets, by: learner.loss) }
    }
    return ListedValues(plan: program.plan) { number, meta, arena in
      program(meta, episodes.episode(number, of: generator), in: arena)
    } outcome: {
      EvaluationOutcome(epoch: $1, scores: $0)
    }
  }
}
