import CommonSetup
import Guiroy2019Setup
import Plotting
import Reproduction
import Statistics

extension Fig9RegularizedMAML {
  func draw(_ results: Results) -> Picture {
    let found = results.found
    return Picture(
      columns: 3, legend: .shared,
      caption: "Second-order MAML on \(results.title(.omniglot)), 20-way 1-shot; all adapt plainly "
        + "at test. " + SeedCurve.caption(seeds: found[.plain]?.count ?? 0)
        + " (b) After the last meta-iteration; small marks: seeds, large ones: their means with 95 % "
        + "intervals. (c) The correction by γ = 0.5 beside the inner loop's displacement, on training "
        + "episodes; for MAML, what it would be." + results.caption + paperAccuracies(results)
    ) {
      plot("accuracy", Axis("target accuracy", style: .percent), found, \.accuracy)
      gains(results)
      plot("size of corrections", Axis("‖correction‖ / ‖displacement‖"), found, \.ratio)
    }
  }

  private func paperAccuracies(_ results: Results) -> String {
    guard let plain = results.paper[Arm.plain.rawValue],
      let regularized = results.paper[Arm.regularized.rawValue]
    else { return "" }
    return " There MAML reaches \(plain) %, regularized \(regularized) %."
  }

  private func plot(
    _ title: String, _ axis: Axis, _ found: Grid<Arm, RegularizedCourse>,
    _ curve: (RegularizedCourse) -> [Double]
  ) -> Plot {
    Plot(title, x: Axis("meta-iterations"), y: axis) {
      for (index, arm) in found.found.enumerated() {
        SeedCurve(
          arm.values.map(curve), over: arm.values.values[0].iterations, arm.place.rawValue,
          within: 0...(.infinity)
        ).marks(.series(index))
      }
    }.grid()
  }

  /// What each regularized arm gains over MAML, seed by seed, beside what it gains in the paper.
  private func gains(_ results: Results) -> Plot {
    let arms = results.found.places.filter { $0 != .plain }
    return Plot(
      "gain over MAML",
      x: Axis(categories: arms.map { $0 == .held ? "held constant" : "regularized" }),
      y: Axis("difference in accuracy", style: .percent)
    ) {
      ReferenceLine.horizontal(at: 0).colored(.color(.faint))
      if let plain = results.paper[Arm.plain.rawValue],
        let regularized = results.paper[Arm.regularized.rawValue]
      {
        ReferenceLine.horizontal(at: (regularized - plain) / 100, label: "the paper's gain")
          .colored(.color(.quiet))
      }
      for (index, arm) in arms.enumerated() {
        if let gain = Self.gain(of: arm, in: results) {
          let (place, interval) = (Double(index), gain.interval())
          Points(gain.values.map { _ in place - 0.15 }, gain.values, size: 3)
            .colored(.series(index + 1))
          ErrorBars([place + 0.15], [interval], within: -1...1).colored(.series(index + 1))
          Points([place + 0.15], [interval.estimate], size: 5).colored(.series(index + 1))
        }
      }
    }.grid()
  }
}
