import Tensors

/// Episodes of regression: a line through the origin of unknown slope, seen through noise.
///
/// θ ~ N(0, 1), x ~ N(0, 1), y ~ N(θx, 1): one number to learn, and a family of problems whose best
/// start is known.
///
/// - Reference: Arnold, Iqbal and Sha, "When MAML Can Adapt Fast and How to Assist When It Cannot",
///   AISTATS 2021, section 4.1. <https://arxiv.org/abs/1910.13603>
public struct LinearRegressions: EpisodeSource, Codable, Hashable {
  private var kind = "linear regressions"
  /// The number of support points.
  public var shots: Int
  /// The number of query points.
  public var queries: Int

  /// Lines known at so many points.
  public init(shots: Int, queries: Int) {
    precondition(shots > 0 && queries > 0, "shots and queries are positive numbers")
    self.shots = shots
    self.queries = queries
  }

  /// An episode of one line; inputs and targets have the shape `[points, 1]`.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    let slope = generator.normal()
    func points(_ count: Int, _ generator: inout Generator) -> Batch<ShapedArray> {
      let x = (0..<count).map { _ in generator.normal() }
      let y = x.map { slope * $0 + generator.normal() }
      return Batch(
        inputs: ShapedArray(x.map { Float($0) }, shape: [count, 1]),
        targets: ShapedArray(y.map { Float($0) }, shape: [count, 1]))
    }
    return Episode(support: points(shots, &generator), query: points(queries, &generator))
  }
}
