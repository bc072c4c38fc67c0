import Claims
import Experiments
import Foundation
import Measurements
import Plotting
import Reproduction
import Statistics

/// Figure 1: the three metrics, on two tasks of a network with two weights.
///
/// The paper's is a drawing; here everything that is drawn or printed has been computed.
@main
struct Fig1Metrics: Figure {
  static let identity = FigureIdentity(
    "fig1-metrics", of: "Guiroy2019", title: "The three metrics of a landscape",
    summary: "Curvature at adapted solutions, coherence of adaptation trajectories and coherence "
      + "of gradients, computed for two tasks of a network with two weights.")

  static let departures = [
    "The paper's figure is a schematic drawing; ours is the landscape of a regression, "
      + "y = b tanh(ax), with everything in it computed in double precision."
  ]

  static func seedCount(within budget: Budget) -> Int { 1 }

  /// Values of the three metrics.
  struct Metrics: Codable, Sendable {
    /// ‖∇²L(θ̃)‖ of each task.
    var curvatures: [Double]
    /// u₁ · u₂.
    var coherence: Double
    /// g₁ · g₂.
    var gradientCoherence: Double
  }

  struct Results: Codable, Sendable {
    var a: [Double]
    var b: [Double]
    /// Of each task, rows of b, columns of a.
    var losses: [[[Double]]]
    /// θ to θ̃ of each task.
    var paths: [[[Double]]]
    /// g of each task at θ.
    var gradients: [[Double]]
    /// By the library.
    var pictured: Metrics
    /// By hand.
    var expected: Metrics
  }

  private static let (start, rate, steps) = ([0.8, 0.8], 0.4, 10)
  private static let tasks = [
    PlaneTask(near: [2.5, 1], noise: [0.05, -0.05, 0.05, -0.03]),
    PlaneTask(near: [0.6, 2], noise: [-0.05, 0.04, 0.05, 0.05]),
  ]

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let landscapes = Self.tasks.map {
      Landscape(of: $0, from: Self.start, rate: Self.rate, steps: Self.steps)
    }
    // As long on the page as they are in numbers, so that angles are what they are.
    let (a, b) = (Self.places(0.5...1.7), Self.places(0.6...1.8))
    let paths = landscapes.map(\.path)
    let gradients = landscapes.map { $0.descent(at: Self.start) }
    var (directions, products) = (
      MeanPairwiseProduct(dimension: 2), MeanPairwiseProduct(dimension: 2)
    )
    for (path, gradient) in zip(paths, gradients) {
      directions.add(directionOf: zip(path[path.count - 1], Self.start).map { $0 - $1 })
      products.add(gradient)
    }
    return Study(
      Results(
        a: a, b: b,
        losses: landscapes.map { landscape in
          b.map { b in a.map { landscape.loss(at: [$0, b]) } }
        }, paths: paths, gradients: gradients,
        pictured: Metrics(
          curvatures: zip(landscapes, paths).map { $0.curvature(at: $1[$1.count - 1]) },
          coherence: directions.value, gradientCoherence: products.value),
        expected: Self.expected()))
  }

  private static func places(_ range: ClosedRange<Double>) -> [Double] {
    (0...40).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 40 }
  }

  /// The metrics by their definitions, with derivatives by hand.
  private static func expected() -> Metrics {
    let ends = tasks.map { $0.solution(from: start, rate: rate, steps: steps) }
    let angles = ends.map { atan2($0[1] - start[1], $0[0] - start[0]) }
    let slopes = tasks.map { $0.gradient(start[0], start[1]) }
    return Metrics(
      curvatures: zip(tasks, ends).map { $0.spectralNorm($1[0], $1[1]) },
      coherence: cos(angles[0] - angles[1]),
      gradientCoherence: slopes[0][0] * slopes[1][0] + slopes[0][1] * slopes[1][1])
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    func error(
      _ name: String, _ values: @escaping @Sendable (Metrics) -> [Double]
    ) -> Criterion<Results> {
      Criterion(
        name, statistic: "largest deviation from derivatives by hand and a 2 × 2 eigenvalue",
        .below(threshold: 1e-6)
      ) { (results: Results) in
        .exact(zip(values(results.pictured), values(results.expected)).map { abs($0 - $1) })
      }
    }
    return [
      Claim(
        "guiroy2019/fig1-metrics/metrics-as-drawn",
        quoting: "Visualizations of metrics measuring properties of objective loss landscapes.",
        at: "Figure 1", smallestBudget: .smoke
      ) {
        error("curvature") { $0.curvatures }
        error("angle") { [acos($0.coherence)] }
        error("inner product") { [$0.gradientCoherence] }
      }
    ]
  }

  func quantities(in results: Results) -> [Quantity] {
    for (name, value) in [
      ("curvature-1", results.pictured.curvatures[0]),
      ("curvature-2", results.pictured.curvatures[1]),
      ("coherence", results.pictured.coherence),
      ("gradient-coherence", results.pictured.gradientCoherence),
    ] {
      Quantity(name, PerSeed(seeds: [0], values: [value]), within: .relative(1e-9))
    }
  }
}
