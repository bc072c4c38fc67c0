import Episodes
import Execution
import MetaLearners
import Networks
import Tensors

/// The step of meta-training with an ``AnglePenalty``: a meta-batch in lock-step, since the mean
/// direction couples its episodes.
///
/// Every inner loop leads somewhere; their directions have a mean, at which query losses pull; and an
/// optimizer follows the mean of the meta-gradients at the corrected weights. Each round is one order
/// for each episode, so that no more is held at once than in plain meta-training. Where nothing passes
/// through corrections, no pull is asked for.
struct AnglePenaltyStep<Learner: AdaptingLearner>: OuterStep {
  typealias Weights = Parameters<Tensor>
  let schedule: Schedule
  private let optimizer: any Optimizer
  private let penalty: AnglePenalty
  private let episode: @Sendable (Int) -> Episode<ShapedArray>
  private let displacement: Program<Weights, Batch<Tensor>, Weights>
  private let pull: Program<Weights, Weights, Weights, Batch<Tensor>, Weights>
  /// The meta-gradient, from the mean direction and, if there is one, the pull.
  private let gradient: Program<Weights, [Weights], Episode<Tensor>, MetaGradient<Tensor>>

  /// The step of a training with a penalty.
  init<Source: EpisodeSource>(
    of training: MetaTraining<Learner, Source>, _ penalty: AnglePenalty
  ) {
    let (learner, meta) = (training.learner, training.initialParameters())
    (schedule, optimizer, episode) = (training.schedule, training.optimizer, training.episode)
    self.penalty = penalty
    let first = episode(0)
    let moving = meta.scope("model").filter(learner.adapts.contains)
    gradient = Program(
      like: meta, penalty.isPassedThrough ? [moving, moving] : [moving], first,
      shared: .whenLarge, within: .machine
    ) { meta, directions, episode in
      learner.metaGradient(
        at: meta, of: episode, towards: directions[0], pull: directions.dropFirst().first, penalty)
    }
    let sharing = gradient.plan.isShared ? Plan.Sharing.always : .never
    displacement = Program(like: meta, first.support, shared: sharing) { meta, support in
      learner.displacement(on: support, from: meta)
    }
    pull = Program(like: meta, moving, moving, first.query, shared: sharing) {
      meta, displacement, mean, query in
      learner.pull(onMean: mean, by: query, after: displacement, from: meta, penalty)
    }
  }

  var plans: [Plan] { [displacement.plan, pull.plan, gradient.plan] }

  /// An arena for each program.
  struct Memory {
    let displacement: Arena
    let pull: Arena
    let gradient: Arena
  }

  func makeMemory(workers: Int) -> Memory {
    Memory(
      displacement: displacement.makeArena(workers: workers),
      pull: pull.makeArena(workers: workers), gradient: gradient.makeArena(workers: workers))
  }

  func orders(for iteration: Int, from state: TrainingState) -> [AnglePenaltyOrder] {
    (0..<schedule.batch).map {
      AnglePenaltyOrder(
        of: GradientOrder(parameters: state.parameters, number: iteration * schedule.batch + $0),
        .adapt)
    }
  }

  func value(of order: AnglePenaltyOrder, in memory: Memory) -> AnglePenaltyValue {
    let (meta, episode) = (order.item.parameters, episode(order.item.number))
    switch order.task {
    case .adapt:
      return .displacement(displacement(meta, episode.support, in: memory.displacement))
    case .pull(let own, let mean):
      return .pull(pull(meta, own, mean, episode.query, in: memory.pull))
    case .descend(let directions):
      return .gradient(gradient(meta, directions, episode, in: memory.gradient))
    }
  }

  func orders(
    after values: [AnglePenaltyValue], of orders: [AnglePenaltyOrder]
  ) -> [AnglePenaltyOrder]? {
    func all(_ task: AnglePenaltyOrder.Task) -> [AnglePenaltyOrder] {
      orders.map { AnglePenaltyOrder(of: $0.item, task) }
    }
    switch orders[0].task {
    case .adapt:
      let displacements = values.compactMap(\.displacement)
      let mean = Parameters.mean(displacements, scaledBy: displacements.map { 1 / $0.norm })
      guard penalty.isPassedThrough else { return all(.descend(along: [mean])) }
      return zip(orders, displacements).map {
        AnglePenaltyOrder(of: $0.item, .pull(after: $1, mean: mean))
      }
    case .pull(_, let mean):
      return all(.descend(along: [mean, .mean(values.compactMap(\.pull))]))
    case .descend:
      return nil
    }
  }

  func makeCombination(for state: TrainingState, workers: Int) -> Descent {
    Descent(from: state, schedule: schedule, optimizer: optimizer, workers: workers)
  }

  func combine(
    _ values: [AnglePenaltyValue], of iteration: Int, into state: inout TrainingState,
    with descent: Descent
  ) throws(TrainingError) -> [Score<ShapedArray>] {
    try descent(along: values.compactMap(\.gradient), of: iteration, in: &state)
  }
}

/// What to do with an episode in a round.
struct AnglePenaltyOrder: Sendable {
  enum Task: Sendable {
    case adapt
    case pull(after: Parameters<ShapedArray>, mean: Parameters<ShapedArray>)
    /// Along ū and, if there is one, v̄.
    case descend(along: [Parameters<ShapedArray>])
  }

  var item: GradientOrder
  var task: Task

  init(of item: GradientOrder, _ task: Task) { (self.item, self.task) = (item, task) }
}

/// What comes of an episode in a round.
enum AnglePenaltyValue: Sendable {
  case displacement(Parameters<ShapedArray>)
  case pull(Parameters<ShapedArray>)
  case gradient(MetaGradient<ShapedArray>)

  var displacement: Parameters<ShapedArray>? {
    if case .displacement(let value) = self { value } else { nil }
  }
  var pull: Parameters<ShapedArray>? { if case .pull(let value) = self { value } else { nil } }
  var gradient: MetaGradient<ShapedArray>? {
    if case .gradient(let value) = self { value } else { nil }
  }
}

extension Parameters<ShapedArray> {
  fileprivate var norm: Double {
    leaves.reduce(0) { $1.scalars.reduce($0) { $0 + Double($1) * Double($1) } }.squareRoot()
  }

  /// The mean of some, each multiplied by a number, added in their order.
  fileprivate static func mean(_ terms: [Self], scaledBy scales: [Double]? = nil) -> Self {
    terms[0].names.reduce(into: Parameters()) { mean, name in
      var sum = [Double](repeating: 0, count: terms[0][name].shape.count)
      for (index, term) in terms.enumerated() {
        let factor = (scales?[index] ?? 1) / Double(terms.count)
        for (place, scalar) in term[name].scalars.enumerated() {
          sum[place] += factor * Double(scalar)
        }
      }
      mean[name] = ShapedArray(sum.map { Float($0) }, shape: terms[0][name].shape)
    }
  }
}
