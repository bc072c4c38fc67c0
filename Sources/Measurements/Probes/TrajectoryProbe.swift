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
public typealias Trajectories<Start: Trained, Source: EpisodeSource> =
  Measurement<TrajectoryProbe<Start, Source>> where Start.Learner: AdaptingLearner

extension Measurement {
  /// The trajectories from a training's meta-parameters after some epochs.
  public init<Start: Trained, Source: EpisodeSource>(
    of start: Start, afterEpochs epochs: [Int], on episodes: Source, count: Int, seed: Int
  ) where Look == TrajectoryProbe<Start, Source> {
    self.init(TrajectoryProbe(start, episodes), afterEpochs: epochs, count: count, seed: seed)
  }
}

/// Where the inner loops of many episodes lead, and what they reach.
public struct TrajectoryProbe<Start: Trained, Source: EpisodeSource>: LearnerProbe
where Start.Learner: AdaptingLearner {
  /// What the inner loop starts from.
  public var start: Start
  /// The meta-test episodes.
  public var episodes: Source

  private enum CodingKeys: String, CodingKey {
    case start = "training"
    case episodes
  }

  init(_ start: Start, _ episodes: Source) { (self.start, self.episodes) = (start, episodes) }

  /// `trajectories`.
  public static var name: String { "trajectories" }

  /// What follows the paths.
  public func instrument(
    like meta: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<TrajectorySummary> {
    TrajectoryInstrument(
      of: start.learner, from: meta, on: episodes, Generator(seed: seed).split("trajectories"))
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

/// The path of one episode, as a program, and the sums over many.
private struct TrajectoryInstrument<Learner: AdaptingLearner, Source: EpisodeSource>: Instrument {
  typealias Path = Pair<Pair<Parameters<Tensor>, Parameters<Tensor>>, [Tensor]>
  typealias Value = Path.Arrays
  private let program: Program<Parameters<Tensor>, Episode<Tensor>, Path>
  private let episodes: Source
  private let generator: Generator
  private let dimension: Int

  init(
    of learner: Learner, from meta: Parameters<ShapedArray>, on episodes: Source,
    _ generator: Generator
  ) {
    program = Program(like: meta, episodes.episode(0, of: generator)) { meta, episode in
      let adaptation = learner.adaptation(to: episode.support, from: meta)
      let start = adaptation.trajectory[0]
      let moving = start.filter(learner.adapts.contains)
      let initialLoss = learner.loss(on: episode.support, start)
      func score(_ weights: Parameters<Tensor>) -> Score<Tensor> {
        Score(
          learner.outputs(for: episode.query.inputs, with: weights), episode.query.targets,
          by: learner.loss)
      }
      let (before, after) = (score(start), score(adaptation.weights))
      return Pair(
        Pair(
          adaptation.displacement.filter(learner.adapts.contains),
          gradient(of: initialLoss, withRespectTo: moving)),
        [
          initialLoss, learner.loss(on: episode.support, adaptation.weights), before.accuracy,
          after.accuracy, after.loss,
        ])
    }
    self.episodes = episodes
    self.generator = generator
    dimension = meta.scope("model").filter(learner.adapts.contains).leaves.reduce(0) {
      $0 + $1.shape.count
    }
  }

  var plans: [Plan] { [program.plan] }

  func makeMemory() -> Arena { program.makeArena() }

  func value(
    ofEpisode number: Int, from meta: Parameters<ShapedArray>, in arena: Arena
  ) throws -> Value {
    let value = program(meta, episodes.episode(number, of: generator), in: arena)
    // The support loss at the end is no number if anything on the way was none.
    guard value.second[1].scalar.isFinite else { throw LandscapeError.notFinite(episode: number) }
    return value
  }

  /// The sums over episodes.
  struct Summary {
    var directions: MeanPairwiseProduct
    var gradients: MeanPairwiseProduct
    var length = 0.0
    var scalars = [Double](repeating: 0, count: 5)
    var count = 0.0
  }

  var emptySummary: Summary {
    Summary(
      directions: MeanPairwiseProduct(dimension: dimension),
      gradients: MeanPairwiseProduct(dimension: dimension))
  }

  func add(_ value: Value, to summary: inout Summary) {
    let displacement = value.first.first.flattened
    summary.directions.add(directionOf: displacement)
    // −∇L and ∇L have the same inner products.
    summary.gradients.add(value.first.second.flattened)
    summary.length += MeanPairwiseProduct.norm(displacement)
    for index in summary.scalars.indices {
      summary.scalars[index] += Double(value.second[index].scalar)
    }
    summary.count += 1
  }

  func outcome(of summary: Summary, epoch: Int) -> TrajectorySummary {
    let means = summary.scalars.map { $0 / summary.count }
    return TrajectorySummary(
      epoch: epoch, coherence: summary.directions.value,
      gradientCoherence: summary.gradients.value, length: summary.length / summary.count,
      initialSupportLoss: means[0], supportLoss: means[1], initialAccuracy: means[2],
      accuracy: means[3], queryLoss: means[4])
  }
}
