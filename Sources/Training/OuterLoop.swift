import Execution
import Experiments
import Tensors

/// The loop that meta-training and ordinary training share: one outer step after another.
///
/// The orders of a step are done by whichever worker is free, or one after the other by all together
/// where each takes much memory. Where processes train together, every one of them has the state and
/// makes each step of it; they differ in which orders they compute, and rank 0 alone reads and saves.
struct OuterLoop<Step: OuterStep>: Sendable {
  /// The name of the work for who watches it.
  var title: String
  var step: Step

  private var schedule: Schedule { step.schedule }

  /// Trains from a state to the end of the schedule, with a checkpoint after every epoch.
  func run(from start: TrainingState, _ context: RunContext) async throws -> TrainingCurve {
    var state = start
    let (group, isFollower) = (context.group, context.group?.isFollower == true)
    if !isFollower {
      if try !state.resume(from: context.checkpoints) { try state.save(to: context.checkpoints) }
      guard state.curve.epochs.count < schedule.epochs else { return state.curve }
      try context.stopIfEnough(afterEpoch: state.curve.epochs.count)
      try await context.callFollowers()
    }
    if let group { try await state.align(in: group) }
    try checkMemory(step.plans, workers: context.workers)
    let stage = context.progress.stage(
      title, total: schedule.iterations,
      done: state.curve.epochs.count * schedule.iterationsPerEpoch)
    defer { stage.finish() }
    let (step, coding) = (step, step.coding)
    return try await withWorkers(
      step.ordersSideBySide(for: context.workers),
      context: { step.makeMemory(workers: context.workers) },
      work: { memory, order in step.value(of: order, in: memory) }
    ) { (workers: Workers<Step.Memory, Step.Order, Step.Value>) in
      let combination = step.makeCombination(for: state, workers: context.workers)
      while state.curve.epochs.count < schedule.epochs {
        var sum = TrainingCurve.Epoch(loss: 0, accuracy: 0)
        let first = state.curve.epochs.count * schedule.iterationsPerEpoch
        var items = 0
        for iteration in first..<first + schedule.iterationsPerEpoch {
          var orders = step.orders(for: iteration, from: state)
          var values = try await workers.map(orders, in: group, as: coding)
          while let next = step.orders(after: values, of: orders) {
            (orders, values) = (next, try await workers.map(next, in: group, as: coding))
          }
          do {
            let scores = try step.combine(values, of: iteration, into: &state, with: combination)
            for score in scores {
              sum.loss += Double(score.loss.scalar)
              sum.accuracy += Double(score.accuracy.scalar)
            }
            items += scores.count
            stage.advance(to: iteration + 1, note: "loss \(scores[0].loss.scalar)")
          } catch is TrainingError where isFollower {
            // Rank 0 has the same error and says it.
            throw LeftTraining()
          } catch TrainingError.notFinite where schedule.mayDiverge == true {
            state.curve.divergedAt = iteration + 1
            return state.curve
          }
        }
        state.curve.epochs.append(
          TrainingCurve.Epoch(
            loss: sum.loss / Double(items), accuracy: sum.accuracy / Double(items)))
        if !isFollower { try state.save(to: context.checkpoints) }
        if state.curve.epochs.count < schedule.epochs {
          try context.stopIfEnough(afterEpoch: state.curve.epochs.count)
        }
      }
      if isFollower { throw LeftTraining() }
      return state.curve
    }
  }

  /// What makes one update after another, alone, on one worker: for measurements of time.
  func repeatedUpdate(from start: TrainingState) -> () throws -> Void {
    var (state, iteration) = (start, 0)
    let combination = step.makeCombination(for: state, workers: 1)
    let memory = step.makeMemory(workers: 1)
    return {
      var orders = step.orders(for: iteration, from: state)
      var values = orders.map { step.value(of: $0, in: memory) }
      while let next = step.orders(after: values, of: orders) {
        (orders, values) = (next, next.map { step.value(of: $0, in: memory) })
      }
      _ = try step.combine(values, of: iteration, into: &state, with: combination)
      iteration += 1
    }
  }
}
