import Episodes
import Execution
import MetaLearners
import Networks
import Tensors

/// The step of Reptile: all tasks of a meta-batch are fine-tuned in lock-step by one program, which
/// all workers replay together, and the start moves towards the mean of where they ended.
///
/// The statistics of a training's state are those of Adam, one set for each place in the meta-batch.
struct ReptileStep<Net: Model>: OuterStep {
  let schedule: Schedule
  private let item: @Sendable (Int) -> Episode<ShapedArray>
  private let program: Program<Weights, [Weights], [Episode<Tensor>], Tensor, Moved>

  private typealias Weights = Parameters<Tensor>
  /// The start, the states and the scores after a step.
  private typealias Moved = Pair<Pair<Weights, [Weights]>, [Score<Tensor>]>

  init(
    of learner: Reptile<Net>, schedule: Schedule, from start: TrainingState,
    item: @escaping @Sendable (Int) -> Episode<ShapedArray>
  ) {
    self.schedule = schedule
    self.item = item
    program = Program(
      like: start.parameters, start.places(schedule.batch), (0..<schedule.batch).map(item),
      ShapedArray(0), shared: .always
    ) { weights, states, episodes, rate in
      let (paths, scores) = learner.paths(
        from: weights, states: states, on: episodes.map(\.support))
      return Pair(
        Pair(learner.moved(weights, towards: paths, rate: rate), paths.map(\.state)),
        scores)
    }
  }

  var plans: [Plan] { [program.plan] }

  func orders(for iteration: Int, from state: TrainingState) -> [ReptileOrder] {
    [
      ReptileOrder(
        start: state.parameters, states: state.places(schedule.batch), iteration: iteration)
    ]
  }

  func value(of order: ReptileOrder, in arena: Arena) -> ReptileOutcome {
    let first = order.iteration * schedule.batch
    let result = program(
      order.start, order.states, (first..<first + schedule.batch).map(item),
      ShapedArray(Float(schedule.rate.rate(after: order.iteration))), in: arena)
    return ReptileOutcome(
      start: result.first.first, states: result.first.second, scores: result.second)
  }

  func makeCombination(for state: TrainingState, workers: Int) {}

  func combine(
    _ values: [ReptileOutcome], of iteration: Int, into state: inout TrainingState,
    with combination: Void
  ) throws(TrainingError) -> [Score<ShapedArray>] {
    let moved = values[0]
    if !moved.scores.allSatisfy({ $0.loss.scalar.isFinite }) {
      throw .notFinite(quantity: "loss", iteration: iteration + 1)
    }
    if !moved.start.leaves.allSatisfy({ $0.scalars.allSatisfy(\.isFinite) }) {
      throw .notFinite(quantity: "weight", iteration: iteration + 1)
    }
    state.parameters = moved.start
    state.statistics = .places(moved.states)
    return moved.scores
  }
}

/// A meta-batch, to be computed.
struct ReptileOrder: Sendable {
  var start: Parameters<ShapedArray>
  var states: [Parameters<ShapedArray>]
  var iteration: Int
}

/// What a meta-batch made of the start and of the states of Adam.
struct ReptileOutcome: Sendable {
  var start: Parameters<ShapedArray>
  var states: [Parameters<ShapedArray>]
  var scores: [Score<ShapedArray>]
}

extension TrainingState {
  /// The state of Adam at each place of a meta-batch.
  fileprivate func places(_ count: Int) -> [Parameters<ShapedArray>] {
    (0..<count).map { statistics.scope("place\($0)") }
  }
}

extension Parameters<ShapedArray> {
  /// States side by side: `place0/…`, `place1/…`.
  static func places(_ states: [Self]) -> Self {
    states.enumerated().reduce(Parameters()) { all, state in
      all.replacing(state.element.scoped("place\(state.offset)"))
    }
  }
}
