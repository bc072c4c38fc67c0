import Algorithms
import Episodes
import Execution
import Measurements
import MetaLearners
import Tensors

/// The support loss of a task over (a, b), adaptation on it and what is measured of that: all by the
/// learner's own inner loop and automatic differentiation, in double precision.
struct Landscape {
  private typealias Traced = Reference<Parameters<Tensor>, Batch<Tensor>, [Tensor]>
  private let start: [Double]
  private let task: PlaneTask
  private let adaptation: Traced
  private let jet: Traced

  /// The landscape of a task under MAML's inner loop.
  init(of task: PlaneTask, from start: [Double], rate: Double, steps: Int) {
    (self.start, self.task) = (start, task)
    let network = PlaneNetwork(start: start)
    let learner = MAML(network, rate: rate, steps: steps, loss: .meanSquaredError)
    var generator = Generator(seed: 0)
    let meta = learner.initialParameters(using: &generator)
    let points = ShapedArray.zeros([task.x.count, 1])
    let support = Batch(inputs: points, targets: points)
    adaptation = Traced(like: meta, support) { meta, support in
      learner.adaptation(to: support, from: meta).trajectory.flatMap(\.leaves)
    }
    jet = Traced(like: meta, support) { meta, support in
      let loss = learner.loss(on: support, meta.scope("model"))
      let slope = gradient(of: loss, withRespectTo: meta).leaves
      return [loss] + slope
        + slope.flatMap { gradient(of: $0.reshaped(to: []), withRespectTo: meta).leaves }
    }
  }

  private func values(_ program: Traced, at weights: [Double]) -> [Double] {
    program(weights.map { [$0] } + [task.x, task.y]).map { $0[0] }
  }

  /// θ, θ⁽¹⁾, …, θ̃.
  var path: [[Double]] {
    values(adaptation, at: start).chunks(ofCount: 2).map { Array($0) }
  }

  /// The loss somewhere.
  func loss(at weights: [Double]) -> Double { values(jet, at: weights)[0] }

  /// g = −∇L.
  func descent(at weights: [Double]) -> [Double] {
    values(jet, at: weights)[1...2].map { -$0 }
  }

  /// ‖∇²L‖, by Lanczos' method on Hessian-vector products.
  func curvature(at weights: [Double]) -> Double {
    let hessian = values(jet, at: weights)[3...].map(\.self)
    return Lanczos(tolerance: 1e-12).extremes(from: [0.6, 0.8]) { v in
      [hessian[0] * v[0] + hessian[1] * v[1], hessian[2] * v[0] + hessian[3] * v[1]]
    }.norm
  }
}
