import Execution
import MetaLearners
import Networks
import Tensors

/// What ends an outer step that an optimizer makes: its update along the mean of gradients.
///
/// Gradients are added in a fixed tree over the items' numbers, inside the program that updates.
/// Statistics of normalised batches are folded into running ones in the items' order.
package struct Descent {
  private let schedule: Schedule
  private let update: Update
  private let arena: Arena

  /// The updates of a schedule, by so many workers.
  init(
    from state: TrainingState, schedule: Schedule, optimizer: any Optimizer, workers: Int
  ) {
    self.schedule = schedule
    update = Update(of: state, schedule: schedule, optimizer: optimizer)
    arena = update.makeArena(workers: workers)
  }

  /// Makes an iteration's update.
  ///
  /// - Returns: The items' scores.
  /// - Throws: ``TrainingError/notFinite(quantity:iteration:)`` before anything has changed.
  func callAsFunction(
    along gradients: [MetaGradient<ShapedArray>], of iteration: Int, in state: inout TrainingState
  ) throws(TrainingError) -> [Score<ShapedArray>] {
    try update(
      &state, gradients, rate: schedule.rate.rate(after: iteration), iteration: iteration,
      in: arena)
    for batch in gradients.flatMap(\.statistics) {
      state.statistics = state.statistics.folding(batch)
    }
    return gradients.map(\.score)
  }
}
