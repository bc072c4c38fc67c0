import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// The loop that meta-training and ordinary training share: gradients of a batch's items, their
/// mean, an update.
///
/// Gradients are computed by whichever worker is free, or one after the other by all together where
/// each takes much memory. They are added in a fixed tree over the item's number, inside the program
/// that updates: bits depend neither on workers nor on timing. Statistics of normalised batches are
/// folded into running ones in the items' order.
struct OuterLoop<Item: TensorTree & SendableMetatype>: Sendable {
  /// The name of the work for who watches it.
  var title: String
  var schedule: Schedule
  var optimizer: any Optimizer
  /// The gradient of one item at some parameters.
  var gradient: Program<Parameters<Tensor>, Item, MetaGradient<Tensor>>
  /// What the n-th item of the whole run is.
  var item: @Sendable (Int) -> Item.Arrays

  /// Trains from a state to the end of the schedule, with a checkpoint after every epoch.
  func run(from start: TrainingState, _ context: RunContext) async throws -> TrainingCurve {
    var state = start
    if try !state.resume(from: context.checkpoints) { try state.save(to: context.checkpoints) }
    guard state.curve.epochs.count < schedule.epochs else { return state.curve }
    let update = Update(of: state, schedule: schedule, optimizer: optimizer)
    try checkMemory([gradient.plan], workers: context.workers)
    let stage = context.progress.stage(
      title, total: schedule.iterations,
      done: state.curve.epochs.count * schedule.iterationsPerEpoch)
    defer { stage.finish() }
    let (gradient, item) = (gradient, item)
    return try await withWorkers(
      context.workers, on: gradient.plan,
      work: { arena, order in gradient(order.parameters, item(order.number), in: arena) }
    ) { (workers: Workers<Arena, GradientOrder, MetaGradient<ShapedArray>>) in
      let arena = update.makeArena(workers: context.workers)
      while state.curve.epochs.count < schedule.epochs {
        var sum = TrainingCurve.Epoch(loss: 0, accuracy: 0)
        let first = state.curve.epochs.count * schedule.iterationsPerEpoch
        for iteration in first..<first + schedule.iterationsPerEpoch {
          let orders = (0..<schedule.batch).map {
            GradientOrder(
              parameters: state.parameters, number: iteration * schedule.batch + $0)
          }
          let gradients = try await workers.map(orders)
          for gradient in gradients {
            sum.loss += Double(gradient.score.loss.scalar)
            sum.accuracy += Double(gradient.score.accuracy.scalar)
          }
          do {
            try update(
              &state, gradients, rate: schedule.rate.rate(after: iteration),
              iteration: iteration, in: arena)
          } catch TrainingError.notFinite where schedule.mayDiverge == true {
            state.curve.divergedAt = iteration + 1
            return state.curve
          }
          for batch in gradients.flatMap(\.statistics) {
            state.statistics = state.statistics.folding(batch)
          }
          stage.advance(
            to: iteration + 1, note: "loss \(gradients[0].score.loss.scalar)")
        }
        let count = Double(schedule.iterationsPerEpoch * schedule.batch)
        state.curve.epochs.append(
          TrainingCurve.Epoch(loss: sum.loss / count, accuracy: sum.accuracy / count))
        try state.save(to: context.checkpoints)
      }
      return state.curve
    }
  }

  /// What makes one update after another, alone, on one worker: for measurements of time.
  func repeatedUpdate(from start: TrainingState) -> () throws -> Void {
    var (state, iteration) = (start, 0)
    let update = Update(of: state, schedule: schedule, optimizer: optimizer)
    let (arena, gradientArena) = (update.makeArena(workers: 1), gradient.makeArena())
    return {
      let gradients = (0..<schedule.batch).map {
        gradient(state.parameters, item(iteration * schedule.batch + $0), in: gradientArena)
      }
      try update(
        &state, gradients, rate: schedule.rate.rate(after: iteration), iteration: iteration,
        in: arena)
      for batch in gradients.flatMap(\.statistics) {
        state.statistics = state.statistics.folding(batch)
      }
      iteration += 1
    }
  }
}

/// One item's gradient, to be computed by whoever is free.
package struct GradientOrder: Sendable {
  package var parameters: Parameters<ShapedArray>
  /// The item's number in the whole run.
  package var number: Int

  package init(parameters: Parameters<ShapedArray>, number: Int) {
    self.parameters = parameters
    self.number = number
  }
}
