import Episodes
import Testing

struct ClassCloudsTests {
  private static let scatters = ClassClouds.Scatter.allCases

  /// The variances of X, Y and U, from many points, and so the ratio of Theorem 1.
  @Test(arguments: scatters, [0.05, 0.8])
  func theVarianceRatioIsAsWished(scatter: ClassClouds.Scatter, ratio: Double) {
    let clouds = ClassClouds(
      scatter, dimensions: 3, varianceRatio: ratio, shareOfFirst: 0.25)
    var generator = Generator(seed: 1).split("\(scatter)")
    let x = (0..<40_000).map { _ in clouds.point(ofFirst: true, using: &generator) }
    let y = (0..<40_000).map { _ in clouds.point(ofFirst: false, using: &generator) }
    let (varX, varY, varU) = (Self.variance(x), Self.variance(y), Self.variance(x + y))
    // The fourth moment of Student's t with three degrees does not exist: its estimate is coarse.
    let tolerance = scatter == .heavyTails ? 0.2 : 0.05
    #expect(abs((varX + varY) / varU / ratio - 1) < tolerance)
    #expect(abs(varX / (varX + varY) - 0.25) < (scatter == .heavyTails ? 0.1 : 0.02))
    #expect(abs(x.reduce(0) { $0 + $1[0] } / 40_000 + 1) < 0.03)
    #expect(abs(y.reduce(0) { $0 + $1[0] } / 40_000 - 1) < 0.03)
  }

  private static func variance(_ points: [[Double]]) -> Double {
    (0..<3).reduce(0) { sum, axis in
      let mean = points.reduce(0) { $0 + $1[axis] } / Double(points.count)
      return sum
        + points.reduce(0) { $0 + ($1[axis] - mean) * ($1[axis] - mean) } / Double(points.count)
    }
  }

  @Test func pointsOfTheBallStayInIt() {
    let clouds = ClassClouds(.ball, dimensions: 2, varianceRatio: 0.4)
    let radius = clouds.variance.squareRoot()
    var generator = Generator(seed: 2)
    for _ in 0..<2000 {
      let point = clouds.point(ofFirst: true, using: &generator)
      let square = (point[0] + 1) * (point[0] + 1) + point[1] * point[1]
      #expect(square <= radius * radius * (1 + 1e-9))
    }
  }

  /// The sign of zᵀ(x − y) − ½‖x‖² + ½‖y‖² is that of ‖z − y‖² − ‖z − x‖².
  @Test func theWidestMarginIsTheNearerExample() {
    var generator = Generator(seed: 3)
    for _ in 0..<200 {
      let points = (0..<3).map { _ in (0..<4).map { _ in generator.normal() } }
      func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let isNearer = distance(points[2], points[0]) <= distance(points[2], points[1])
      #expect(ClassClouds.isNearer(points[2], to: points[0], thanTo: points[1]) == isNearer)
    }
  }

  /// Normal scatter along the line: z is wrong where it lies beyond the middle of x and y.
  @Test func successesAgreeWithArithmetic() {
    let clouds = ClassClouds(.line, dimensions: 2, varianceRatio: 0.5)
    var generator = Generator(seed: 4)
    let found = Double(clouds.successes(inTrials: 40_000, using: &generator)) / 40_000
    // z − (x + y)/2 is normal with mean −1 and variance σ² + σ²/2; x and y rarely change places.
    let deviation = (clouds.variance / 2 * 1.5).squareRoot()
    #expect(abs(found - Self.normalBelow(1 / deviation)) < 0.012)
  }

  private static func normalBelow(_ z: Double) -> Double {
    // Simpson's rule from 0 to z.
    let n = 200
    let h = z / Double(n)
    func density(_ x: Double) -> Double {
      var term = 1.0
      var sum = 1.0
      for k in 1..<60 {
        term *= -x * x / 2 / Double(k)
        sum += term
      }
      return sum / (2 * Double.pi).squareRoot()
    }
    let sum = (0...n).reduce(0.0) { sum, i in
      sum + density(Double(i) * h) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2)
    }
    return 0.5 + sum * h / 3
  }
}
