import Claims
import Experiments
import Huisman2022Setup
import MetaLearners
import Plotting
import Reproduction
import Statistics
import Measurements
import Training

/// Figure 3.3: MAML, the meta-learner LSTM and TURTLE on tasks that none of them has seen.
@main
struct Fig33SineComparison: SineFigure {
  static let identity = FigureIdentity(
    "fig3-3-sine-comparison", of: "Huisman2022",
    title: "MAML, the meta-learner LSTM and TURTLE on sine regression",
    summary: "Median test error over seeds, at the epoch chosen by validation.")

  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod] {
    settings.mamlSteps.map { .maml(steps: $0, .second) } + [.lstm(steps: settings.lstmSteps)]
      + (budget == .paper ? [.enhancedLSTM(steps: settings.lstmSteps)] : []) + [.finalTURTLE]
  }

  func draw(_ results: SineResults) -> Picture {
    let found = results.found.map { (method: $0.place, loss: $0.values.map(\.testLoss)) }
    let level = found[0].loss.medianInterval().level
    let fewer = found.filter { $0.loss.count < found[0].loss.count }
      .map { ", \($0.method.title) the first \($0.loss.count)" }.joined()
    return Picture(
      Plot(
        x: Axis(categories: found.map(\.method.shortTitle)),
        y: Axis("test MSE", includesZero: true), legend: .automatic
      ) {
        for (index, row) in found.enumerated() {
          Points(
            row.loss.values.map { _ in Double(index) + 0.16 }, row.loss.values,
            label: index == 0 ? "a seed" : nil, marker: .circle, size: 2.6, opacity: 0.55
          ).colored(.color(.quiet))
        }
        ErrorBars(
          found.indices.map(Double.init), found.map { $0.loss.medianInterval().shown })
        Points(
          found.indices.map(Double.init), found.map(\.loss.median), label: "median over seeds",
          size: 5)
      },
      width: 5, height: 3.1,
      caption: "5-shot sine regression, \(found[0].loss.count) seeds\(fewer). Mean squared "
        + "error on test tasks at the epoch that validation chose; bars: order statistics that hold the "
        + "median with \(Int((level * 100).rounded())) %.")
  }

  static func claims(_ scope: ClaimScope) -> [Claim<SineResults>] {
    let settings = SineProtocol(scope.budget)
    @Sendable func gain(over method: SineMethod, _ results: SineResults) -> PerSeed<Double>? {
      results.gain(of: method, over: .finalTURTLE) { $0.testLoss }
    }
    return [
      Claim(
        "huisman2022/fig3-3-sine-comparison/turtle-beats-lstm",
        quoting: "As we can see, TURTLE, which uses second-order gradients, systematically "
          + "outperforms the meta-learner LSTM, which uses first-order gradients.",
        at: "Section 3.5.2", seeds: settings.lstmSeeds,
        gate: SineProtocol.gate
      ) {
        Criterion(
          "error", statistic: "test MSE of the meta-learner LSTM minus that of TURTLE, by seed",
          .positive
        ) { gain(over: .lstm(steps: settings.lstmSteps), $0) }
      },
      Claim(
        "huisman2022/fig3-3-sine-comparison/turtle-beats-maml",
        quoting: "We empirically demonstrate that TURTLE is capable of outperforming both MAML and "
          + "the (first-order) meta-learner LSTM on sine wave regression.", at: "Section 3.6",
        gate: SineProtocol.gate
      ) {
        // MAML with as many steps decides, other numbers accompany.
        for steps in [5, 1, 10] {
          Criterion(
            "MAML with T = \(steps)",
            statistic: "test MSE of second-order MAML minus that of TURTLE (T = 5), by seed",
            .positive, role: steps == 5 ? .decides : .accompanies
          ) { gain(over: .maml(steps: steps, .second), $0) }
        }
      },
    ]
  }

  func quantities(in results: SineResults) -> [Quantity] {
    sineQuantities(results)
    // At the smoke budget too little is learned for rounding to grow: other kernels change these by
    // less than 1e-7, and in the LSTM's, whose gates begin near constants, an error hardly shows.
    for (method, found) in results.found {
      Quantity(
        "test-mse", at: ["method": method.name], found.map(\.testLoss),
        metric: "test-mse-\(method.name)", within: .relative(1e-6))
    }
  }
}
