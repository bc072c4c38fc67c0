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
struct GateTrajectories: Experiment {
  /// α.
  var rate: Double
  /// b_f.
  var forgetBias: Double
  /// The units of the base network's two hidden layers.
  var width: Int
  /// T.
  var steps: Int
  /// What the weights and the task are drawn from.
  var seed: Int

  init(rate: Double, forgetBias: Double, width: Int, steps: Int, seed: UInt64) {
    self.rate = rate
    self.forgetBias = forgetBias
    self.width = width
    self.steps = steps
    self.seed = Int(clamping: seed)
  }

  /// Where the two inner loops go.
  struct Outcome: Codable, Sendable {
    /// The largest difference of a weight after each step, in units of the largest weight or of
    /// one; NaN where a weight of either loop is not finite.
    var differences: [Double]
    /// The steps after which all weights of MAML are finite: at a large rate it diverges, and then
    /// there is nothing to follow.
    var finiteSteps: Int

    /// The differences as long as there is a trajectory to follow; NaN where the LSTM alone has left
    /// all numbers.
    var whileFinite: [Double] { Array(differences.prefix(finiteSteps)) }
  }

  static var name: String { "gate-trajectories" }

  /// 2: how long MAML's own weights are finite is a part of what is found.
  static var version: Int { 2 }

  private typealias Trajectories = Pair<[Parameters<Tensor>], [Parameters<Tensor>]>

  /// Adapts to one task by both rules.
  func run(_ context: RunContext) async throws -> Outcome {
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
    func weights(of trajectory: Int, after step: Int) -> [Double] {
      let first = (trajectory * (steps + 1) + step) * leafCount
      return Array(found[first..<first + leafCount].joined())
    }
    let differences = (1...steps).map { step in
      let theirs = weights(of: 0, after: step)
      let ours = weights(of: 1, after: step)
      guard (theirs + ours).allSatisfy(\.isFinite) else { return Double.nan }
      let largest = ours.reduce(1) { max($0, abs($1)) }
      return zip(theirs, ours).reduce(0) { max($0, abs($1.0 - $1.1)) } / largest
    }
    let divergence = (1...steps).first { !weights(of: 1, after: $0).allSatisfy(\.isFinite) }
    return Outcome(differences: differences, finiteSteps: (divergence ?? steps + 1) - 1)
  }

  private func learner<Rule: UpdateRule>(_ rule: Rule) -> GradientLearner<Perceptron, Rule> {
    GradientLearner(
      model: Perceptron(widths: [1, width, width, 1], initializer: .fanInUniform), rule: rule,
      steps: steps, loss: .meanSquaredError)
  }
}
