import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors
import Training

/// How far weights travel while they are fine-tuned to unseen classes, by the size of each filter.
///
/// The episodes are those of ``Evaluation``.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Figure 3.
///   <https://arxiv.org/abs/2002.06753>
public typealias DistanceTravelled<Start: Trained, Source: EpisodeSource> =
  Measurement<DistanceProbe<Start, Source>> where Start.Learner: AdaptingLearner

/// The filter-normalised distance between the weights before and after adaptation.
public struct DistanceProbe<Start: Trained, Source: EpisodeSource>: LearnerProbe
where Start.Learner: AdaptingLearner {
  /// What the learner starts from.
  public var start: Start
  /// The episodes, of classes not trained on.
  public var episodes: Source

  /// The distances on the way from a start.
  public init(_ start: Start, on episodes: Source) {
    (self.start, self.episodes) = (start, episodes)
  }

  /// `distance-travelled`.
  public static var name: String { "distance-travelled" }

  /// What adapts and measures.
  public func instrument(
    like meta: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<DistanceOutcome> {
    let (learner, episodes) = (start.learner, episodes)
    let generator = Generator(seed: seed).split("test")
    let program = Program(like: meta, episodes.episode(0, of: generator)) {
      (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      let path = learner.adaptation(to: episode.support, from: meta).trajectory
      let start = path[0]
      return [
        FilterDistance.squared(of: path[path.count - 1], from: start).squareRoot(),
        FilterDistance.meanSquaredNorm(of: start).squareRoot(),
      ]
    }
    return ListedValues(plan: program.plan) { number, meta, arena in
      program(meta, episodes.episode(number, of: generator), in: arena).map { Double($0.scalar) }
    } outcome: { values, epoch in
      DistanceOutcome(
        epoch: epoch, distances: values.map { $0[0] }, filterNorm: values[0][1])
    }
  }
}

/// How far the weights of one epoch travel.
public struct DistanceOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The distance of every episode.
  public var distances: [Double]
  /// The root of the mean squared norm of a filter before adaptation.
  public var filterNorm: Double
}
