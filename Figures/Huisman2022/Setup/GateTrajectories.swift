import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Tensors

/// The inner loop of a meta-learner LSTM with gates set by hand beside that of MAML.
///
/// W_f = W_i = 0, so that nothing but the biases opens the gates: σ(b_f) multiplies weights and
/// σ(b_i) gradients. With b_i = −ln((1 − α)/α) the latter is α (the second condition of the proof
/// prints b_f for it); b_f has to be large instead. Everything is computed in double precision.
package struct GateTrajectories: Experiment {
  /// α.
  package var rate: Double
  /// b_f.
  package var forgetBias: Double
  /// The units of the base network's two hidden layers.
  package var width: Int
  /// T.
  package var steps: Int
  /// What the weights and the task are drawn from.
  package var seed: Int

  /// The trajectories at a rate and a bias.
  package init(rate: Double, forgetBias: Double, width: Int, steps: Int, seed: UInt64) {
    self.rate = rate
    self.forgetBias = forgetBias
    self.width = width
    self.steps = steps
    self.seed = Int(clamping: seed)
  }

  /// The largest difference of a weight after each step, in units of the largest weight or of one.
  package typealias Outcome = [Double]

  /// `gate-trajectories`.
  package static var name: String { "gate-trajectories" }

  private typealias Trajectories = Pair<[Parameters<Tensor>], [Parameters<Tensor>]>

  /// Adapts to one task by both rules.
  package func run(_ context: RunContext) async throws -> [Double] {
    let lstm = learner(LSTMOptimizer(input: .logarithms, hidden: 5))
    let maml = learner(GradientDescent(rate: rate))
    var generator = Generator(seed: seed).split("theorem 1")
    let meta = lstm.initialParameters(using: &generator)
    let support = Sinusoids(shots: 5, queries: 1, convention: .added)
      .episode(using: &generator).support
    let reference = Reference<Parameters<Tensor>, Batch<Tensor>, Trajectories>(
      like: meta, support
    ) { meta, support in
      Pair(
        lstm.adaptation(to: support, from: meta).trajectory,
        maml.adaptation(to: support, from: meta).trajectory)
    }
    let leaves = zip(meta.names, meta.leaves).map { name, leaf in
      switch name {
      case "rule/forget/weight", "rule/rate/weight": leaf.scalars.map { _ in 0.0 }
      case "rule/forget/bias": [forgetBias]
      case "rule/rate/bias": [-log((1 - rate) / rate)]
      default: leaf.scalars.map(Double.init)
      }
    }
    let found = reference(
      leaves + Batch<Tensor>.leaves(of: support).map { $0.scalars.map(Double.init) })
    let leafCount = meta.scope("model").leaves.count
    return (1...steps).map { step in
      let theirs = found[step * leafCount..<(step + 1) * leafCount].joined()
      let ours = found[(steps + 1 + step) * leafCount..<(steps + 2 + step) * leafCount].joined()
      let largest = ours.reduce(1) { max($0, abs($1)) }
      // A difference that is no number must not pass for none.
      let differences = zip(theirs, ours).map { abs($0 - $1) }
      return differences.contains(where: \.isNaN) ? .nan : (differences.max() ?? 0) / largest
    }
  }

  private func learner<Rule: UpdateRule>(_ rule: Rule) -> GradientLearner<Perceptron, Rule> {
    GradientLearner(
      model: Perceptron(widths: [1, width, width, 1], initializer: .fanInUniform), rule: rule,
      steps: steps, loss: .meanSquaredError)
  }
}
