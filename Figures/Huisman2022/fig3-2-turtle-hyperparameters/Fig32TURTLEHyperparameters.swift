import Claims
import Experiments
import Foundation
import Huisman2022Setup
import MetaLearners
import Plotting
import Reproduction
import Statistics

/// Figure 3.2: order, number of steps and depth of the meta-network.
@main
struct Fig32TURTLEHyperparameters: SineFigure {
  static let name = "fig3-2-turtle-hyperparameters"
  static let title = "TURTLE's order, inner steps and hidden layers on sine regression"
  static let summary =
    "Validation error of first- and second-order TURTLE by T and depth, with MAML's beside it."
  static let claims = [ClaimStatement.secondOrderMattersForTURTLE, .orderHardlyMattersForMAML]

  struct Results: Codable, Sendable {
    var steps: [Int]
    var hiddenLayers: [Int]
    var outcomes: [SineOutcome]

    func outcome(of method: SineMethod) -> SineOutcome? {
      outcomes.first { $0.method == method }
    }
  }

  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod] {
    settings.steps.flatMap { steps in
      [Order.first, .second].flatMap { order in
        [.maml(steps: steps, order)]
          + settings.hiddenLayers.map { .turtle(steps: steps, hiddenLayers: $0, order) }
      }
    }
  }

  func measure(with context: FigureContext) async throws -> Results {
    let settings = SineProtocol(context.options.budget)
    return Results(
      steps: settings.steps, hiddenLayers: settings.hiddenLayers,
      outcomes: try await outcomes(with: context))
  }

  func draw(_ results: Results) -> Picture {
    Picture(
      width: 6.75, columns: results.steps.count, sharing: .y, legend: .shared,
      caption: "5-shot sine regression. Smallest validation MSE of each run; mean over seeds with "
        + "its 95 % interval: bars for TURTLE, bands for MAML, which has no meta-network. What is "
        + "beyond the axis is drawn at its end; predicting zero costs about 4.4."
    ) {
      for steps in results.steps {
        Plot(
          "T = \(steps)", x: Axis("hidden layers of the meta-network", ticks: ticks(results)),
          y: Axis(
            "validation MSE", range: Self.lowest(results)...Self.highest, spacing: .logarithmic,
            ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10])
        ) {
          for order in [Order.first, .second] { maml(results, steps, order) }
          for order in [Order.first, .second] { turtle(results, steps, order) }
        }
      }
    }
  }

  /// Meta-networks that make a task's weights explode have errors of any size.
  private static let highest = 10.0

  private static func lowest(_ results: Results) -> Double {
    0.6 * min(results.outcomes.map { $0.validationLoss.interval().estimate }.min() ?? 1, 1)
  }

  /// A value, or the end of the axis beyond which it lies.
  private static func shown(_ value: Double, _ results: Results) -> Double {
    min(max(value, lowest(results) * 1.02), highest * 0.97)
  }

  private static func shown(_ ends: Interval, _ results: Results) -> ClosedRange<Double> {
    let shown = ends.shown
    return Self.shown(shown.lowerBound, results)...Self.shown(shown.upperBound, results)
  }

  private func ticks(_ results: Results) -> [Double] { results.hiddenLayers.map(Double.init) }

  @MarkBuilder
  private func turtle(_ results: Results, _ steps: Int, _ order: Order) -> [any Mark] {
    let found = results.hiddenLayers.compactMap { layers in
      results.outcome(of: .turtle(steps: steps, hiddenLayers: layers, order)).map {
        (layers, $0.validationLoss.interval())
      }
    }
    let places = found.map { Double($0.0) + (order == .first ? -0.06 : 0.06) }
    ErrorBars(places, found.map { Self.shown($0.1, results) })
    Line(
      places, found.map { Self.shown($0.1.estimate, results) },
      label: "\(order.rawValue)-order TURTLE")
  }

  @MarkBuilder
  private func maml(_ results: Results, _ steps: Int, _ order: Order) -> [any Mark] {
    let ends = [results.hiddenLayers.min() ?? 0, results.hiddenLayers.max() ?? 0].map(Double.init)
    if let outcome = results.outcome(of: .maml(steps: steps, order)) {
      let interval = outcome.validationLoss.interval()
      Band(ends, ends.map { _ in Self.shown(interval, results) })
      Line(
        ends, ends.map { _ in interval.estimate }, label: "\(order.rawValue)-order MAML",
        markers: false)
    }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    var turtle: [String: Evidence] = [:]
    var maml: [String: Evidence] = [:]
    for steps in results.steps {
      func losses(_ method: (Order) -> SineMethod) -> (PerSeed<Double>, PerSeed<Double>)? {
        guard let first = results.outcome(of: method(.first)),
          let second = results.outcome(of: method(.second))
        else { return nil }
        return (first.validationLoss, second.validationLoss)
      }
      if let (first, second) = losses({ .turtle(steps: steps, hiddenLayers: 5, $0) }) {
        turtle["T = \(steps)"] = .seeds(first - second)
      }
      if let (first, second) = losses({ .maml(steps: steps, $0) }) {
        maml["T = \(steps)"] = .seeds(
          first.paired(with: second).map { ($0.0 - $0.1) / $0.1 })
      }
    }
    return [Self.claims[0].id: turtle, Self.claims[1].id: maml]
  }

  func metrics(in results: Results) -> [Metric] {
    // Linear meta-networks can be wrong by many orders of magnitude, which no relative tolerance
    // would bear on another machine.
    earlyMetrics(of: results.outcomes)
      + results.outcomes.map {
        Metric(
          "log10-validation-mse-\($0.method.name)", $0.validationLoss.map(log10),
          tolerance: .absolute(0.1))
      }
  }

  func table(of results: Results) -> TidyTable { TidyTable(results.outcomes) }
}
