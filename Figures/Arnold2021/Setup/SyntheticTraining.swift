import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors
import Training

/// Meta-training of a linear network on a finite set of synthetic episodes, watched as it goes.
///
/// One inner step; meta-batches drawn from the set; plain or heavy-ball gradient descent outside, as
/// the paper says for its synthetic problems. Besides the network itself, the network with all its
/// layers multiplied into one before the inner step is watched (section B.3).
package struct SyntheticTraining<Source: EpisodeSource>: Experiment {
  /// What adapts.
  package var network: LinearNetwork
  /// What the inner step descends and the outer loop judges by.
  package var loss: Loss
  /// α.
  package var rate: Double
  /// Where episodes come from.
  package var episodes: Source
  /// How it is trained.
  package var schedule: SyntheticSchedule
  /// What the start, the episodes and the meta-batches are drawn from.
  package var seed: UInt64

  /// The training of a network by a schedule.
  package init(
    network: LinearNetwork, loss: Loss, rate: Double, episodes: Source,
    schedule: SyntheticSchedule, seed: UInt64
  ) {
    self.network = network
    self.loss = loss
    self.rate = rate
    self.episodes = episodes
    self.schedule = schedule
    self.seed = seed
  }

  /// `synthetic-meta-training`.
  package static var name: String { "synthetic-meta-training" }

  private typealias Weights = Parameters<Tensor>

  private func learner(_ network: LinearNetwork) -> MAML<LinearNetwork> {
    MAML(network, rate: rate, steps: 1, loss: loss)
  }

  /// Trains, and evaluates at every iteration of the schedule's list.
  package func run(_ context: RunContext) async throws -> SyntheticOutcome {
    let root = Generator(seed: Int(seed))
    var initial = root.split("initial weights")
    var meta = learner(network).initialParameters(using: &initial)
    let optimizer = SGD(momentum: schedule.momentum)
    var state = optimizer.initialState(for: meta)
    let training = (0..<schedule.trainingEpisodes).map {
      episodes.episode($0, of: root.split("training"))
    }
    let test = (0..<schedule.testEpisodes).map { episodes.episode($0, of: root.split("test")) }
    let learner = learner(network)
    let update = Program(
      like: meta, state, [Episode<ShapedArray>](repeating: training[0], count: schedule.batch)
    ) { (weights: Weights, state: Weights, batch: [Episode<Tensor>]) in
      let gradients = batch.map { learner.metaGradient(at: weights, of: $0).gradient }
      let mean = gradients.dropFirst().reduce(gradients[0], +) / Double(batch.count)
      let rate = mean.leaves[0].scalar(schedule.rate)
      return optimizer.updated(weights, along: mean, state: state, rate: rate)
    }
    let watch = Watch(
      learner: learner, collapsed: self.learner(network.collapsed), meta: meta, like: test[0])
    let arena = update.makeArena()
    let stage = context.progress.stage(
      "synthetic meta-training, seed \(seed)", total: schedule.iterations, done: 0)
    defer { stage.finish() }
    var outcome = SyntheticOutcome()
    for iteration in 0...schedule.iterations {
      if schedule.evaluations.contains(iteration) {
        try Task.checkCancellation()
        try outcome.append(
          watch, meta, at: iteration,
          training: Array(training.prefix(schedule.testEpisodes)), test: test)
        stage.advance(to: iteration, note: "loss \(outcome.test.last?.loss ?? .nan)")
      }
      guard iteration < schedule.iterations else { break }
      var draws = root.split("meta-batch", iteration)
      let chosen = draws.choose(schedule.batch, from: training)
      let step = update(meta, state, chosen, in: arena)
      (meta, state) = (step.first, step.second)
    }
    return outcome
  }
}

/// The outer loop of a synthetic problem.
package struct SyntheticSchedule: Codable, Hashable, Sendable {
  /// The number of updates.
  package var iterations: Int
  /// The number of episodes an update averages over.
  package var batch: Int
  /// The outer rate.
  package var rate: Double
  /// The momentum; 0 for plain descent.
  package var momentum: Double
  /// The number of episodes to train on.
  package var trainingEpisodes: Int
  /// The number of episodes to judge with.
  package var testEpisodes: Int
  /// The iterations after which it is judged, ascending.
  package var evaluations: [Int]

  /// A schedule, judged at so many equal distances and before it begins.
  package init(
    iterations: Int, batch: Int, rate: Double, momentum: Double = 0, trainingEpisodes: Int,
    testEpisodes: Int, evaluations count: Int
  ) {
    precondition(
      count > 0 && iterations % count == 0, "\(iterations) iterations have no \(count) equal parts")
    self.iterations = iterations
    self.batch = batch
    self.rate = rate
    self.momentum = momentum
    self.trainingEpisodes = trainingEpisodes
    self.testEpisodes = testEpisodes
    evaluations = (0...count).map { $0 * iterations / count }
  }

  /// The same judgement of the start alone.
  package var untrained: SyntheticSchedule {
    var schedule = self
    schedule.iterations = 0
    schedule.evaluations = [0]
    return schedule
  }
}

/// What came of a synthetic meta-training.
package struct SyntheticOutcome: Codable, Equatable, Sendable {
  /// Means over episodes at one iteration.
  package struct Point: Codable, Equatable, Sendable {
    /// The number of updates before.
    package var iteration: Int
    /// The query loss after the inner step.
    package var loss: Double
    /// The query loss before it.
    package var lossBefore: Double
    /// The query accuracy after the inner step; 0 where there is none.
    package var accuracy: Double
    /// The query accuracy before it.
    package var accuracyBefore: Double
  }

  /// On training episodes.
  package var training: [Point] = []
  /// On test episodes.
  package var test: [Point] = []
  /// On test episodes, with the layers multiplied into one before the inner step.
  package var collapsed: [Point] = []
}

extension SyntheticOutcome {
  fileprivate mutating func append(
    _ watch: Watch, _ meta: Parameters<ShapedArray>, at iteration: Int,
    training: [Episode<ShapedArray>], test: [Episode<ShapedArray>]
  ) throws {
    self.training.append(try watch.point(meta, training, at: iteration, isCollapsed: false))
    self.test.append(try watch.point(meta, test, at: iteration, isCollapsed: false))
    collapsed.append(try watch.point(meta, test, at: iteration, isCollapsed: true))
  }
}

/// The programs that judge, traced once.
private struct Watch {
  typealias Judge = Program<Parameters<Tensor>, Episode<Tensor>, [Score<Tensor>]>
  let deep: Judge
  let shallow: Judge

  init(
    learner: MAML<LinearNetwork>, collapsed: MAML<LinearNetwork>, meta: Parameters<ShapedArray>,
    like example: Episode<ShapedArray>
  ) {
    func judge(
      _ learner: MAML<LinearNetwork>,
      _ weights: @escaping (Parameters<Tensor>) -> Parameters<Tensor>
    ) -> Judge {
      Program(like: meta, example) { meta, episode in
        learner.predictionsAtEveryStep(
          for: episode.query.inputs, after: episode.support, from: weights(meta)
        ).map { Score($0, episode.query.targets, by: learner.loss) }
      }
    }
    deep = judge(learner) { $0 }
    shallow = judge(collapsed) { learner.model.collapse($0.scope("model")).scoped("model") }
  }

  func point(
    _ meta: Parameters<ShapedArray>, _ episodes: [Episode<ShapedArray>], at iteration: Int,
    isCollapsed: Bool
  ) throws -> SyntheticOutcome.Point {
    let program = isCollapsed ? shallow : deep
    let arena = program.makeArena()
    var point = SyntheticOutcome.Point(
      iteration: iteration, loss: 0, lossBefore: 0, accuracy: 0, accuracyBefore: 0)
    for episode in episodes {
      let scores = program(meta, episode, in: arena)
      let part = 1 / Double(episodes.count)
      point.lossBefore += part * Double(scores[0].loss.scalar)
      point.accuracyBefore += part * Double(scores[0].accuracy.scalar)
      point.loss += part * Double(scores[1].loss.scalar)
      point.accuracy += part * Double(scores[1].accuracy.scalar)
    }
    guard point.loss.isFinite else {
      throw TrainingError.notFinite(quantity: "loss", iteration: iteration)
    }
    return point
  }
}
