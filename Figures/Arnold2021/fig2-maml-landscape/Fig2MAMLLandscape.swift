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
    var hessians: [LandscapeEigenvalues]
    var checks: LandscapeChecks
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
        hessians: Self.rates.map(LandscapeEigenvalues.init),
        checks: LandscapeChecks(rates: Self.rates))
    }
  }

  /// A coarse grid, and descents of fewer points: claims rest on their ends and on the checks.
  func abridged(_ results: Results) -> Results {
    func thinned<Value>(_ values: [Value], by stride: Int) -> [Value] {
      values.indices.filter { $0 % stride == 0 || $0 == values.count - 1 }.map { values[$0] }
    }
    var results = results
    results.places = thinned(results.places, by: 3)
    results.losses = thinned(results.losses, by: 3).map { thinned($0, by: 3) }
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

  static func minima(_ rate: Double) -> [(a: Double, b: Double)] {
    let top = 1 / rate.squareRoot()
    return [(top, 0), (0, top), (-top, 0), (0, -top)]
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
