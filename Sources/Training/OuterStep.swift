import Execution
import MetaLearners
import Networks
import Tensors

/// What an iteration of the outer loop does to the state of a training.
///
/// Its work is cut into orders, each of which any worker may take; what comes of them is combined in
/// their order, so that bits depend neither on workers nor on timing.
package protocol OuterStep: Sendable {
  /// A piece of work.
  associatedtype Order: Sendable
  /// What comes of a piece.
  associatedtype Value: Sendable
  /// What values are combined with.
  associatedtype Combination

  /// For how long, at which rate.
  var schedule: Schedule { get }

  /// What a worker replays for an order.
  var plan: Plan { get }

  /// The work of an iteration, from the state before it.
  func orders(for iteration: Int, from state: TrainingState) -> [Order]

  /// What comes of an order, in the memory of a worker.
  func value(of order: Order, in arena: Arena) -> Value

  /// What values are combined with, by so many workers.
  func makeCombination(for state: TrainingState, workers: Int) -> Combination

  /// Takes the values of an iteration's orders into the state.
  ///
  /// - Returns: The scores of the items that were trained on.
  /// - Throws: ``TrainingError/notFinite(quantity:iteration:)`` before anything has changed.
  func combine(
    _ values: [Value], of iteration: Int, into state: inout TrainingState,
    with combination: Combination
  ) throws(TrainingError) -> [Score<ShapedArray>]
}
