import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// The step of meta-training and of ordinary training: an optimizer follows the mean of the
/// gradients of a batch's items.
package struct MetaGradientStep<Item: TensorTree & SendableMetatype>: OuterStep {
  package var schedule: Schedule
  package var optimizer: any Optimizer
  /// The gradient of one item at some parameters.
  package var gradient: Program<Parameters<Tensor>, Item, MetaGradient<Tensor>>
  /// What the n-th item of the whole run is.
  package var item: @Sendable (Int) -> Item.Arrays

  package init(
    schedule: Schedule, optimizer: any Optimizer,
    gradient: Program<Parameters<Tensor>, Item, MetaGradient<Tensor>>,
    item: @escaping @Sendable (Int) -> Item.Arrays
  ) {
    self.schedule = schedule
    self.optimizer = optimizer
    self.gradient = gradient
    self.item = item
  }

  package var plans: [Plan] { [gradient.plan] }

  package func orders(for iteration: Int, from state: TrainingState) -> [GradientOrder] {
    (0..<schedule.batch).map {
      GradientOrder(parameters: state.parameters, number: iteration * schedule.batch + $0)
    }
  }

  package func value(of order: GradientOrder, in arena: Arena) -> MetaGradient<ShapedArray> {
    gradient(order.parameters, item(order.number), in: arena)
  }

  package var coding: ValueCoding<MetaGradient<ShapedArray>>? { ValueCoding(resultsOf: gradient) }

  package func makeCombination(for state: TrainingState, workers: Int) -> Descent {
    Descent(from: state, schedule: schedule, optimizer: optimizer, workers: workers)
  }

  package func combine(
    _ gradients: [MetaGradient<ShapedArray>], of iteration: Int, into state: inout TrainingState,
    with descent: Descent
  ) throws(TrainingError) -> [Score<ShapedArray>] {
    try descent(along: gradients, of: iteration, in: &state)
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
