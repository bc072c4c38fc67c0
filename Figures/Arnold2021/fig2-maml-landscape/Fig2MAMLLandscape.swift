import Arnold2021Setup
import Claims
import Claims
import CommonSetup
import Experiments
import Foundation
import Plotting
import Reproduction
import Statistics
import Tensors

/// Figure 2: the MAML loss of ŷ = abx has four minima, and training finds them.
///
/// (a) the expected MAML loss over (a, b) for α = 0.1; (b) four descents with the paper's rates, one
/// to each minimum; (c) eigenvalues of its Hessians against α: automatic differentiation of the
/// definition (equation 40) beside what equations 55–57 print, which is twice the Hessian of the loss
/// in equation 53. That equation also leaves out a constant ½.
@main
struct Fig2MAMLLandscape: ComputedFigure {
  static let identity = FigureIdentity(
    "fig2-maml-landscape", of: "Arnold2021",
    title: "The MAML loss of DEEP on one-dimensional regression",
    summary:
      "MAML's objective over the two weights of a deep linear model: four descents to its four "
      + "minima, and its Hessians against the printed ones.")

  static let departures = [
    "The loss is that of the definition; printed Hessians belong to twice the loss of equation 53, and "
      + "are shown beside the right ones."
  ]

  static func seedCount(within budget: Budget) -> Int { 1 }

  struct Results: Codable, Sendable {
    var rate: Double
    var places: [Double]
    /// Rows of b, columns of a.
    var losses: [[Double]]
    var descents: [[[Double]]]
    var hessians: [Curvatures]
    var checks: Checks
  }

  /// Eigenvalues at the stationary points for one α.
  struct Curvatures: Codable, Sendable {
    var rate: Double
    /// At (1/√α, 0), along a and along b.
    var minimum: [Double]
    /// At the origin, along either.
    var origin: Double
  }

  /// What theory says must vanish; the largest absolute value over all cases.
  struct Checks: Codable, Sendable {
    /// ∇L at the five stationary points.
    var stationary: Double
    /// ∇²L − diag(4α, 3α³) at (±1/√α, 0) and mirrored, and ∇²L + 2αI at the origin.
    var hessian: Double
    /// ∇²L minus the printed Hessians, relative to those.
    var printedHessian: Double
    /// ab − θ′ after the step of equation 20.
    var adaptation: Double
    /// The definition minus equation 53, minus ½.
    var formula: Double
  }

  static let rates = [0.02, 0.05, 0.1, 0.2, 0.5, 1]

  private func descent(_ budget: Budget) -> LandscapeDescent {
    LandscapeDescent(
      rate: SyntheticProblem.regressionRate,
      starts: [[1.5, 0.7], [-0.7, 1.5], [-1.5, -0.7], [0.7, -1.5]],
      iterations: budget.pick(smoke: 2_000, standard: 100_000), stride: 10)
  }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    try Study(descent(options.budget)).map { descents in
      let rate = SyntheticProblem.regressionRate
      let loss = PlaneFunction(ScalarRegression(rate: rate).deepLoss)
      let places = (0..<121).map { Double($0) * 9 / 120 - 4.5 }
      return Results(
        rate: rate, places: places,
        losses: places.map { b in places.map { a in loss(a, b).value } }, descents: descents,
        hessians: Self.rates.map(Self.curvatures), checks: Self.checks())
    }
  }

  private static func curvatures(_ rate: Double) -> Curvatures {
    let loss = PlaneFunction(ScalarRegression(rate: rate).deepLoss)
    let minimum = loss(1 / rate.squareRoot(), 0).hessian
    return Curvatures(
      rate: rate, minimum: [minimum[0][0], minimum[1][1]], origin: loss(0, 0).hessian[0][0])
  }

  private static func checks() -> Checks {
    var checks = Checks(stationary: 0, hessian: 0, printedHessian: 0, adaptation: 0, formula: 0)
    func raise(_ value: inout Double, _ error: Double) {
      value = error.isNaN || value.isNaN ? .nan : max(value, abs(error))
    }
    for α in rates {
      let regression = ScalarRegression(rate: α)
      let loss = PlaneFunction(regression.deepLoss)
      let printed = PlaneFunction(regression.printedDeepLoss)
      let top = 1 / α.squareRoot()
      let (steep, flat) = (4 * α, 3 * α * α * α)
      for (a, b, alongA, alongB) in [
        (top, 0, steep, flat), (-top, 0, steep, flat), (0, top, flat, steep),
        (0, -top, flat, steep), (0, 0, -2 * α, -2 * α),
      ] {
        let jet = loss(a, b)
        for slope in jet.gradient { raise(&checks.stationary, slope) }
        for row in 0..<2 {
          for column in 0..<2 {
            let expected = row != column ? 0 : row == 0 ? alongA : alongB
            raise(&checks.hessian, jet.hessian[row][column] - expected)
            if row == column {
              raise(
                &checks.printedHessian,
                (jet.hessian[row][column] - 2 * expected) / (2 * expected))
            }
          }
        }
      }
      for (b, θ) in [(0.0, 1.3), (2.7, -0.4), (-5.1, 2.2)] {
        let step = PlaneFunction { a, b in 0.5 * (a * b - θ).squared() }(top, b).gradient[1]
        raise(&checks.adaptation, top * (b - α * step) - θ)
      }
      for (a, b) in [(0.3, -1.2), (2.0, 0.5), (-1.1, -0.8)] {
        raise(&checks.formula, loss(a, b).value - printed(a, b).value - 0.5)
      }
    }
    return checks
  }

  /// A coarse grid, and descents of fewer points: claims rest on their ends and on the checks.
  func abridged(_ results: Results) -> Results {
    func thinned<Value>(_ values: [Value], by stride: Int) -> [Value] {
      values.indices.filter { $0 % stride == 0 || $0 == values.count - 1 }.map { values[$0] }
    }
    var results = results
    results.places = thinned(results.places, by: 10)
    results.losses = thinned(results.losses, by: 10).map { thinned($0, by: 10) }
    results.descents = results.descents.map { thinned($0, by: 25) }
    return results
  }

  func draw(_ results: Results) -> Picture {
    let lowest = results.losses.joined().min() ?? 1
    let heights = Field(
      x: results.places, y: results.places,
      values: results.losses.map { $0.map { Self.height($0, above: lowest) } })
    let minima = Self.minima(results.rate)
    return Picture(
      width: 6.75, height: 2.5, columns: 3,
      caption:
        "Heights are log₁₀(L − min L + 0.01) for α = \(results.rate); diamonds are the minima "
        + "(±1/√α, 0), (0, ±1/√α). Marks in (c): automatic differentiation of equation 40; thin "
        + "lines: equations 55–57 as printed, which are twice as much."
    ) {
      Plot("MAML loss", x: Axis("a"), y: Axis("b")) {
        Heatmap(heights, label: "log height")
        Points(minima.map(\.a), minima.map(\.b), size: 3.5).colored(.color(.paper))
      }
      Plot(
        "Four descents", x: Axis("a", range: -4.5...4.5), y: Axis("b", range: -4.5...4.5)
      ) {
        Contours(heights, levels: [-1.5, -1, -0.5, 0, 1, 2, 3, 4], width: 0.5)
          .colored(.color(.quiet))
        for (index, path) in results.descents.enumerated() {
          let color = Ink.color(Self.colors[index % Self.colors.count])
          Line(path.map { $0[0] }, path.map { $0[1] }, markers: false).colored(color)
          Points([path[0][0]], [path[0][1]], size: 3.5).colored(color)
        }
        Points(minima.map(\.a), minima.map(\.b), marker: .diamond, size: 4.5)
          .colored(.color(.ink))
      }
      Plot(
        "Hessians", x: Axis("α", spacing: .logarithmic),
        y: Axis("|eigenvalue|", spacing: .logarithmic)
      ) {
        for (index, series) in Self.series(of: results).enumerated() {
          Line(Self.rates, Self.rates.map { 2 * series.formula($0) }, emphasis: .faint)
            .colored(.series(index))
          Line(Self.rates, Self.rates.map(series.formula), label: series.name, markers: false)
            .colored(.series(index))
          Points(Self.rates, series.found, size: 3).colored(.series(index))
        }
      }
    }
  }

  private static let colors = [
    Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7),
  ]

  private static func minima(_ rate: Double) -> [(a: Double, b: Double)] {
    let top = 1 / rate.squareRoot()
    return [(top, 0), (0, top), (-top, 0), (0, -top)]
  }

  /// How far each descent ended from a minimum that no earlier one has ended nearest to.
  private static func distances(in results: Results) -> [Double] {
    var free = minima(results.rate)
    return results.descents.compactMap { path in
      let end = path[path.count - 1]
      let distances = free.map { hypot($0.a - end[0], $0.b - end[1]) }
      guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) else {
        return nil
      }
      free.remove(at: nearest)
      return distances[nearest]
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "arnold2021/fig2-maml-landscape/four-minima",
        quoting: "4 meta-training trajectories (of parameters) converging to each of the 4 "
          + "solutions.", at: "Figure 2"
      ) {
        Criterion(
          "end", statistic: "distance of each descent's end from a minimum of its own",
          .below(threshold: 1e-3)
        ) { .exact(distances(in: $0)) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/stationary-points",
        quoting: "there are at least 5 stationary points: (0, 0), (±1/√α, 0), (0, ±1/√α)",
        at: "Section A.1, equations 54–57", smallestBudget: .smoke
      ) {
        Criterion(
          "gradient", statistic: "largest element of the gradient there", .below(threshold: 1e-9)
        ) { .exact([$0.checks.stationary]) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/hessians",
        quoting: "the origin … is a stationary point and the Hessian is H = −4αI … The following 4 "
          + "pairs … are locally minimum, with the Hessian given by DIAG(8α, 6α³)",
        at: "Section 4.4, equations 55–57", smallestBudget: .smoke,
        reservation: "up to E11: the printed Hessians belong to twice the printed loss"
      ) {
        // As printed, and as they are for the loss of equation 53.
        Criterion(
          "half of the printed", statistic: "largest deviation from diag(4α, 3α³) and −2αI",
          .below(threshold: 1e-9)
        ) { .exact([$0.checks.hessian]) }
        Criterion(
          "as printed", statistic: "largest relative deviation from diag(8α, 6α³) and −4αI",
          .below(threshold: 1e-9), role: .accompanies
        ) { .exact([$0.checks.printedHessian]) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/one-step-adaptation",
        quoting: "this fast adaptation does not depend on what α is and does not even depend on "
          + "whether we adapt from the right b", at: "Section 4.4, equation 20",
        smallestBudget: .smoke
      ) {
        Criterion(
          "error", statistic: "|ab − θ′| after one step, over several α, b and θ′",
          .below(threshold: 1e-9)
        ) { .exact([$0.checks.adaptation]) }
      },
    ]
  }

  func quantities(in results: Results) -> [Quantity] {
    let last = results.descents.map { $0[$0.count - 1] }
    for (name, value, tolerance) in [
      ("least-loss", results.losses.joined().min() ?? .nan, Tolerance.relative(1e-9)),
      ("first-descent-end-a", last[0][0], .relative(1e-6)),
      ("first-descent-end-b", last[0][1], .absolute(1e-6)),
      ("steep-curvature", results.hessians[0].minimum[0], .relative(1e-9)),
      ("printed-hessian-error", results.checks.printedHessian, .absolute(1e-9)),
    ] {
      Quantity(name, PerSeed(seeds: [0], values: [value]), within: tolerance)
    }
    for (index, path) in results.descents.enumerated() {
      for (axis, name) in ["a", "b"].enumerated() {
        Quantity(
          name, at: ["descent": "\(index + 1)"],
          PerSeed(seeds: [0], values: [path.map { $0[axis] }]), over: "point",
          path.indices.map { $0 })
      }
    }
  }

  private static func height(_ loss: Double, above lowest: Double) -> Double {
    log10(loss - lowest + 0.01)
  }

  private struct Series {
    var name: String
    var found: [Double]
    var formula: (Double) -> Double
  }

  private static func series(of results: Results) -> [Series] {
    [
      Series(name: "minimum, 4α", found: results.hessians.map { $0.minimum[0] }) { 4 * $0 },
      Series(name: "origin, 2α", found: results.hessians.map { -$0.origin }) { 2 * $0 },
      Series(name: "minimum, 3α³", found: results.hessians.map { $0.minimum[1] }) {
        3 * $0 * $0 * $0
      },
    ]
  }
}
