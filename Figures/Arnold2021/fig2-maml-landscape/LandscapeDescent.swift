import Execution
import Experiments
import Tensors

/// Meta-training of DEEP on its expected MAML loss, from given starts, in double precision.
///
/// Gradient descent with momentum (section D). It ends where the gradient's norm is below a
/// tolerance, or after the last iteration.
struct LandscapeDescent: Experiment {
  /// α.
  var rate: Double
  /// β.
  var metaRate = 0.01
  var momentum = 0.9
  /// The starts (a, b).
  var starts: [[Double]]
  /// The largest number of iterations.
  var iterations: Int
  /// The norm of the gradient at which a descent ends.
  var tolerance = 1e-6
  /// One in so many points of a descent is kept.
  var stride: Int

  init(rate: Double, starts: [[Double]], iterations: Int, stride: Int) {
    self.rate = rate
    self.starts = starts
    self.iterations = iterations
    self.stride = stride
  }

  static var name: String { "landscape-descent" }

  /// Points (a, b) of every descent, the last one where it ended.
  func run(_ context: RunContext) async throws -> [[[Double]]] {
    let regression = ScalarRegression(rate: rate)
    let slope = Reference(like: ShapedArray(0), ShapedArray(0)) { (a: Tensor, b: Tensor) in
      gradient(of: regression.deepLoss(a, b), withRespectTo: [a, b])
    }
    return try starts.map { start in
      var (point, velocity, path) = (start, [0.0, 0.0], [start])
      for iteration in 1...iterations {
        if iteration % 1_000 == 0 { try Task.checkCancellation() }
        let g = slope(point.map { [$0] }).map { $0[0] }
        for axis in 0..<2 {
          velocity[axis] = momentum * velocity[axis] + g[axis]
          point[axis] -= metaRate * velocity[axis]
        }
        if (g[0] * g[0] + g[1] * g[1]).squareRoot() < tolerance { break }
        if iteration % stride == 0 { path.append(point) }
      }
      return path + [point]
    }
  }
}
