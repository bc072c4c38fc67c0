import CommonSetup
import Measurements
import Plotting
import Reproduction
import Statistics

extension Fig8RegressionCoherence {
  func draw(_ results: Grid<Int, [TrajectorySummary]>) -> Picture {
    let shots = results.places
    let (coherence, performance) = results.finals
    return Picture(
      columns: 3, legend: .shared,
      caption: SeedCurve.caption(seeds: results.found[0].values.count)
        + " g: the support gradient at the meta-train solution; k: the number of support points. "
        + "(c, d) after the last epoch; (d) every seed and k; (e) R of each seed over its epochs."
    ) {
      for k in RegressionProtocol.shown(of: shots) {
        if let found = results[k] {
          axes(
            "training, k = \(k)", Axis("epoch"), found.epochs, found.performances,
            found.curves(\.gradientCoherence))
        }
      }
      axes("last epoch", Self.axis(of: shots), shots, performance, coherence)
      Plot("last epoch", x: Axis("E[g_i^⊤ g_j]"), y: Axis("− target MSE"), legend: .none) {
        Points(coherence.values.flatMap(\.self), performance.values.flatMap(\.self), size: 3)
          .colored(.series(2))
      }.grid()
      correlations(results)
    }
  }

  private func axes(
    _ title: String, _ x: Axis, _ points: [Int], _ performance: PerSeed<[Double]>,
    _ coherence: PerSeed<[Double]>
  ) -> Plot {
    Plot(title, x: x, y: Axis("− target MSE"), right: Axis("E[g_i^⊤ g_j]")) {
      SeedCurve(performance, over: points, "− target MSE").marks(
        .series(0), markers: points.count < 13)
      SeedCurve(coherence, over: points, "gradient coherence")
        .marks(.series(1), markers: points.count < 13, onRightAxis: true)
    }
  }

  private static func axis(of shots: [Int]) -> Axis {
    Axis("shots k", ticks: shots.map(Double.init))
  }

  private func correlations(_ results: Grid<Int, [TrajectorySummary]>) -> Plot {
    Plot(
      "R over epochs", x: Self.axis(of: results.places), y: Axis("R", range: -1.05...1.05),
      legend: .none
    ) {
      ReferenceLine.horizontal(at: 0)
      for found in results.found {
        if let r = SeedwiseCorrelation(
          of: found.values.curves(\.gradientCoherence), and: found.values.performances)
        {
          Points(r.coefficients.values.map { _ in found.place }, r.coefficients.values, size: 3)
            .colored(.series(2))
        }
      }
    }.grid()
  }
}
