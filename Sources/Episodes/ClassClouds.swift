/// Two classes of points, X and Y, that scatter about their means.
///
/// The means are one to either side of the origin. Both classes together, each with probability ½,
/// are U, with Var[U] = ½ (Var[X] + Var[Y]) + 1; the variance ratio (Var[X] + Var[Y]) / Var[U] is
/// given, and lies in [0, 2). The variance of a vector is the sum of its coordinates' variances.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Theorem 1.
///   <https://arxiv.org/abs/2002.06753>
public struct ClassClouds: Codable, Hashable, Sendable {
  /// How points scatter about the mean of their class.
  public enum Scatter: String, CaseIterable, Codable, Sendable {
    /// Normally, alike in all directions.
    case normal
    /// Uniformly in a ball.
    case ball
    /// Normally, along the line through the two means alone.
    case line
    /// As Student's t with three degrees of freedom, one length for all directions.
    case heavyTails
    /// Hardly at all, but for a few that lie beyond the middle between the classes.
    case outliers
  }

  /// How points scatter.
  public var scatter: Scatter
  /// The number of coordinates.
  public var dimensions: Int
  /// (Var[X] + Var[Y]) / Var[U].
  public var varianceRatio: Double
  /// The part of Var[X] + Var[Y] that is X's.
  public var shareOfFirst: Double

  /// Two classes that scatter alike unless told otherwise.
  public init(
    _ scatter: Scatter, dimensions: Int, varianceRatio: Double, shareOfFirst: Double = 0.5
  ) {
    precondition(0..<2 ~= varianceRatio, "no two classes have the ratio \(varianceRatio)")
    precondition(
      0...1 ~= shareOfFirst && dimensions > 0, "classes have dimensions and share their variance")
    self.scatter = scatter
    self.dimensions = dimensions
    self.varianceRatio = varianceRatio
    self.shareOfFirst = shareOfFirst
  }

  /// Var[X] + Var[Y], which is ε/(1 − ½ε) for the ratio ε.
  public var variance: Double { varianceRatio / (1 - varianceRatio / 2) }

  /// A point of X (`first`) or of Y, drawn with the given generator.
  public func point(ofFirst first: Bool, using generator: inout Generator) -> [Double] {
    let share = first ? shareOfFirst : 1 - shareOfFirst
    var point = deviation(variance: share * variance, using: &generator)
    // Outliers lie towards the other class.
    if !first { point[0] = -point[0] }
    point[0] += first ? -1 : 1
    return point
  }

  private func deviation(variance: Double, using generator: inout Generator) -> [Double] {
    switch scatter {
    case .normal:
      let scale = (variance / Double(dimensions)).squareRoot()
      return (0..<dimensions).map { _ in scale * generator.normal() }
    case .ball:
      // E‖x‖² is r² d/(d + 2) in a ball of radius r.
      let radius = (variance * Double(dimensions + 2) / Double(dimensions)).squareRoot()
      return pointInBall(using: &generator).map { radius * $0 }
    case .line:
      let length = variance.squareRoot() * generator.normal()
      return [length] + [Double](repeating: 0, count: dimensions - 1)
    case .heavyTails:
      let chiSquare = (0..<3).reduce(0) { sum, _ in
        let number = generator.normal()
        return sum + number * number
      }
      // The variance of this t is 3 in each direction.
      let scale = (variance / Double(3 * dimensions) / (chiSquare / 3)).squareRoot()
      return (0..<dimensions).map { _ in scale * generator.normal() }
    case .outliers:
      let length = Self.outlierLength
      let odds = variance / (length * length)
      let isOutlier = generator.chance(odds / (1 + odds))
      return [isOutlier ? length : -length * odds]
        + [Double](repeating: 0, count: dimensions - 1)
    }
  }

  /// How far outliers are from the mean: beyond the middle, which lies at one.
  private static let outlierLength = 1.25

  private func pointInBall(using generator: inout Generator) -> [Double] {
    // The first d of d + 2 coordinates of a point on a sphere are uniform in the ball.
    let numbers = (0..<dimensions + 2).map { _ in generator.normal() }
    let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return numbers.prefix(dimensions).map { $0 / norm }
  }

  /// Whether a point z lies on x's side of the widest margin between x and y, or in its middle:
  /// zᵀ(x − y) − ½‖x‖² + ½‖y‖² ≥ 0.
  public static func isNearer(_ z: [Double], to x: [Double], thanTo y: [Double]) -> Bool {
    var score = 0.0
    for index in z.indices {
      score += z[index] * (x[index] - y[index])
      score += (y[index] * y[index] - x[index] * x[index]) / 2
    }
    return score >= 0
  }

  /// How often a point of X is told from Y by one example of each, in so many trials.
  public func successes(inTrials count: Int, using generator: inout Generator) -> Int {
    (0..<count).count { _ in
      let x = point(ofFirst: true, using: &generator)
      let y = point(ofFirst: false, using: &generator)
      return Self.isNearer(point(ofFirst: true, using: &generator), to: x, thanTo: y)
    }
  }
}
