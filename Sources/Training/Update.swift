import Execution
import MetaLearners
import Networks
import Tensors

/// The mean of a batch's gradients and the optimizer's step along it, as one program.
package struct Update {
  package typealias Weights = Parameters<Tensor>
  package let program:
    Program<Weights, Weights, [Weights], Tensor, Pair<Pair<Weights, Weights>, Tensor>>

  /// The step of a schedule; what is clipped is clipped after averaging.
  package init(of state: TrainingState, schedule: Schedule, optimizer: some Optimizer) {
    let batch = schedule.batch
    let gradients = [Parameters<ShapedArray>](repeating: state.parameters, count: batch)
    program = Program(
      like: state.parameters, state.optimizer, gradients, ShapedArray(0), shared: .always
    ) { weights, optimizerState, gradients, rate in
      var mean = Self.treeSum(gradients) / Double(batch)
      // A number that is not finite anywhere makes this one not finite; clipping would hide infinity.
      let square = mean.squaredNorm()
      if let bound = schedule.gradientBound {
        let part = mean.filter { schedule.boundedPart.map($0.hasPrefix) ?? true }
        mean = mean.replacing(
          part.map { $0.minimum($0.constant(bound)).maximum($0.constant(-bound)) })
      }
      if let norm = schedule.gradientNorm {
        let excess = square.squareRoot() / norm
        mean = excess.maximum(excess.constant(1)).reciprocal() * mean
      }
      return Pair(
        optimizer.updated(weights, along: mean, state: optimizerState, rate: rate), square)
    }
  }

  /// The memory to make steps in, with the help of other workers where there is much to add up.
  package func makeArena(workers: Int) -> Arena {
    let bytes = program.plan.arenaBytes + program.plan.argumentBytes
    return program.makeArena(workers: bytes < Self.largestAlone ? 1 : workers)
  }

  /// Bytes that one worker goes through while others would still be on their way.
  private static let largestAlone = 1 << 20

  /// Makes a step.
  ///
  /// - Throws: ``TrainingError/notFinite(quantity:iteration:)`` before anything has changed.
  package func callAsFunction(
    _ state: inout TrainingState, _ gradients: [MetaGradient<ShapedArray>], rate: Double,
    iteration: Int, in arena: Arena
  ) throws(TrainingError) {
    if !gradients.allSatisfy({ $0.score.loss.scalar.isFinite }) {
      throw .notFinite(quantity: "loss", iteration: iteration + 1)
    }
    let result = program(
      state.parameters, state.optimizer, gradients.map(\.gradient), ShapedArray(Float(rate)),
      in: arena)
    if !result.second.scalar.isFinite {
      throw .notFinite(quantity: "gradient", iteration: iteration + 1)
    }
    state.parameters = result.first.first
    state.optimizer = result.first.second
  }

  /// The sum over neighbours, then over neighbouring sums, and so on.
  private static func treeSum(_ terms: [Parameters<Tensor>]) -> Parameters<Tensor> {
    var level = terms
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map {
        $0 + 1 < level.count ? level[$0] + level[$0 + 1] : level[$0]
      }
    }
    return level[0]
  }
}
