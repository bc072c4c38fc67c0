import Claims
import Experiments
import Huisman2022Setup
import MetaLearners
import Plotting
import Reproduction
import Statistics

/// Figure 3.3: MAML, the meta-learner LSTM and TURTLE on tasks that none of them has seen.
@main
struct Fig33SineComparison: SineFigure {
  static let name = "fig3-3-sine-comparison"
  static let title = "MAML, the meta-learner LSTM and TURTLE on sine regression"
  static let summary = "Median test error over seeds, at the epoch chosen by validation."
  static let claims = [ClaimStatement.turtleBeatsLSTM, .turtleBeatsMAML]

  struct Results: Codable, Sendable {
    var outcomes: [SineOutcome]
    var lstmSteps: Int

    func testLoss(of method: SineMethod) -> PerSeed<Double>? {
      outcomes.first { $0.method == method }?.testLoss
    }
  }

  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod] {
    settings.mamlSteps.map { .maml(steps: $0, .second) } + [.lstm]
      + (budget >= .overnight ? [.enhancedLSTM] : []) + [.finalTURTLE]
  }

  func measure(with context: FigureContext) async throws -> Results {
    Results(
      outcomes: try await outcomes(with: context),
      lstmSteps: SineProtocol(context.options.budget).lstmSteps)
  }

  func draw(_ results: Results) -> Picture {
    let outcomes = results.outcomes
    let level = outcomes[0].testLoss.medianInterval().level
    return Picture(
      Plot(
        x: Axis(categories: outcomes.map { label($0.method, results) }),
        y: Axis("test MSE", includesZero: true), legend: .automatic
      ) {
        for (index, outcome) in outcomes.enumerated() {
          Points(
            outcome.testLoss.values.map { _ in Double(index) + 0.16 }, outcome.testLoss.values,
            label: index == 0 ? "a seed" : nil, marker: .circle, size: 2.6, opacity: 0.55
          ).colored(.color(.quiet))
        }
        ErrorBars(
          outcomes.indices.map(Double.init),
          outcomes.map { $0.testLoss.medianInterval().shown })
        Points(
          outcomes.indices.map(Double.init), outcomes.map(\.testLoss.median),
          label: "median over seeds", size: 5)
      },
      width: 5, height: 3.1,
      caption: "5-shot sine regression, \(outcomes[0].testLoss.count) seeds. Mean squared error on "
        + "test tasks at the epoch that validation chose; bars: order statistics that hold the "
        + "median with \(Int((level * 100).rounded())) %.")
  }

  private func label(_ method: SineMethod, _ results: Results) -> String {
    switch method {
    case .maml(let steps, _): "MAML\nT = \(steps)"
    case .turtle, .finalTURTLE: "TURTLE\nT = 5"
    case .lstm: "LSTM\nT = \(results.lstmSteps)"
    case .enhancedLSTM: "enhanced\nLSTM, T = \(results.lstmSteps)"
    }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    guard let turtle = results.testLoss(of: .finalTURTLE) else { return [:] }
    var maml: [String: Evidence] = [:]
    for case .maml(let steps, .second) in results.outcomes.map(\.method) {
      maml["MAML with T = \(steps)"] = results.testLoss(of: .maml(steps: steps, .second)).map {
        .seeds($0 - turtle)
      }
    }
    let lstm = results.testLoss(of: .lstm).map { ["error": Evidence.seeds($0 - turtle)] }
    return [Self.claims[0].id: lstm ?? [:], Self.claims[1].id: maml]
  }

  func metrics(in results: Results) -> [Metric] {
    // At the smoke budget too little is learned for rounding to grow: other kernels change these by
    // less than 1e-7, and in the LSTM's, whose gates begin near constants, an error hardly shows.
    earlyMetrics(of: results.outcomes)
      + results.outcomes.map {
        Metric("test-mse-\($0.method.name)", $0.testLoss, tolerance: .relative(1e-6))
      }
  }

  func table(of results: Results) -> TidyTable { TidyTable(results.outcomes) }
}
