/// What a training does again and again, seen alone: an update, and what it takes.
public struct TrainingWork: Sendable {
  /// The number of updates.
  public let updates: Int
  /// The multiplications and additions of all updates' gradients, in convolutions and products.
  public let floatingPointOperations: Double
  /// The bytes that each worker computes gradients in, or all together if they are many.
  public let arenaBytes: Int
  private let update: @Sendable () -> () throws -> Void

  /// The work of a loop that begins in a state.
  init<Step: OuterStep>(
    of loop: OuterLoop<Step>, from start: @escaping @Sendable () -> TrainingState
  ) {
    let (plans, schedule) = (loop.step.plans, loop.step.schedule)
    updates = schedule.iterations
    floatingPointOperations =
      Double(schedule.iterations * schedule.batch)
      * plans.reduce(0) { $0 + $1.floatingPointOperations }
    arenaBytes = plans.reduce(0) { $0 + $1.arenaBytes }
    update = { loop.repeatedUpdate(from: start()) }
  }

  /// What makes one update after another, on one worker: for measurements of time.
  public func repeatedUpdate() -> () throws -> Void { update() }
}
