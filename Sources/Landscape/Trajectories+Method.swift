import Episodes
import Execution
import MetaLearners
import Tensors
import Training

/// The path of one episode, as a program, and the sums over many.
struct TrajectoryMethod<Learner: AdaptingLearner, Source: EpisodeSource>: EpisodeMethod {
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

  func emptySummary(of meta: Parameters<ShapedArray>) -> Summary {
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
