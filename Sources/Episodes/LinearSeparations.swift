import Tensors

/// Episodes of yes and no: on which side of an unknown line through the origin a point lies.
///
/// θ and x are standard normal in the plane. Labels are 1 where θᵀx > 0, else 0; or, as the paper's
/// text has it, 1 with the probability σ(θᵀx), but then nothing is separable and no classifier is
/// right more often than about 69 times in a hundred.
///
/// - Reference: Arnold, Iqbal and Sha, "When MAML Can Adapt Fast and How to Assist When It Cannot",
///   AISTATS 2021, section B.1.1. <https://arxiv.org/abs/1910.13603>
public struct LinearSeparations: EpisodeSource, Codable, Hashable {
  /// How a label follows from a point.
  public enum Labels: String, Codable, Sendable {
    /// y = 1 where θᵀx > 0.
    case deterministic
    /// y = 1 with the probability σ(θᵀx).
    case sampled
  }

  private var kind = "linear separations"
  /// The number of support points, of both classes together.
  public var shots: Int
  /// The number of query points.
  public var queries: Int
  /// How a label follows from a point.
  public var labels: Labels

  /// Lines known by so many points.
  public init(shots: Int, queries: Int, labels: Labels = .deterministic) {
    precondition(shots > 0 && queries > 0, "shots and queries are positive numbers")
    self.shots = shots
    self.queries = queries
    self.labels = labels
  }

  /// An episode of one line; inputs are `[points, 2]`, targets `[points, 1]`.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    let θ = [generator.normal(), generator.normal()]
    func points(_ count: Int, _ generator: inout Generator) -> Batch<ShapedArray> {
      var (x, y): ([Float], [Float]) = ([], [])
      for _ in 0..<count {
        let point = [generator.normal(), generator.normal()]
        let logit = θ[0] * point[0] + θ[1] * point[1]
        x += point.map { Float($0) }
        switch labels {
        case .deterministic: y.append(logit > 0 ? 1 : 0)
        case .sampled:
          // log(u/(1 − u)) is below z with the probability σ(z).
          let u = max(generator.uniform(), 0x1p-54)
          y.append(StableMath.logarithm(u) - StableMath.logarithm(1 - u) < logit ? 1 : 0)
        }
      }
      return Batch(
        inputs: ShapedArray(x, shape: [count, 2]), targets: ShapedArray(y, shape: [count, 1]))
    }
    return Episode(support: points(shots, &generator), query: points(queries, &generator))
  }
}
