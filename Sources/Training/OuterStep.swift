import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// What an iteration of the outer loop does to the state of a training.
///
/// Its work is cut into orders, each of which any worker may take; what comes of them is combined in
/// their order, so that bits depend neither on workers nor on timing. Where items depend on each
/// other, what comes of them makes the orders of another round.
package protocol OuterStep: Sendable {
  /// A piece of work.
  associatedtype Order: Sendable
  /// What comes of a piece.
  associatedtype Value: Sendable
  /// What values are combined with.
  associatedtype Combination
  /// What a worker computes in.
  associatedtype Memory = Arena

  /// For how long, at which rate.
  var schedule: Schedule { get }

  /// What a worker replays for an item; all of them are shared by all workers, or none is.
  var plans: [Plan] { get }

  /// The memory for them of so many workers, one unless plans are shared.
  func makeMemory(workers: Int) -> Memory

  /// The work of an iteration, from the state before it.
  func orders(for iteration: Int, from state: TrainingState) -> [Order]

  /// The orders that follow from what came of others; none after the last round.
  func orders(after values: [Value], of orders: [Order]) -> [Order]?

  /// What comes of an order, in the memory of a worker.
  func value(of order: Order, in memory: Memory) -> Value

  /// How values travel between processes of which each computes a share; nothing where each computes
  /// all, since there is one order or they are not worth the way.
  var coding: ValueCoding<Value>? { get }

  /// What values are combined with, by so many workers.
  func makeCombination(for state: TrainingState, workers: Int) -> Combination

  /// Takes the values of an iteration's last orders into the state.
  ///
  /// - Returns: The scores of the items that were trained on.
  /// - Throws: ``TrainingError/notFinite(quantity:iteration:)`` before anything has changed.
  func combine(
    _ values: [Value], of iteration: Int, into state: inout TrainingState,
    with combination: Combination
  ) throws(TrainingError) -> [Score<ShapedArray>]
}

extension OuterStep {
  /// Every process computes all.
  package var coding: ValueCoding<Value>? { nil }

  /// Nothing follows: items know nothing of each other.
  package func orders(after values: [Value], of orders: [Order]) -> [Order]? { nil }

  /// The orders in which so many workers all have something to do: one if they share plans.
  func ordersSideBySide(for workers: Int) -> Int {
    let counts = plans.map { $0.arenas(for: workers) }
    precondition(Set(counts).count == 1, "some plans of a step are shared, others are not")
    return counts[0]
  }
}

extension OuterStep where Memory == Arena {
  /// An arena for the only plan.
  package func makeMemory(workers: Int) -> Arena { plans[0].makeArena(workers: workers) }
}
