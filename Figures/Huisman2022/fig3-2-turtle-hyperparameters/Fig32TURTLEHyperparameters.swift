import Claims
import Experiments
import Foundation
import Huisman2022Setup
import MetaLearners
import Plotting
import Reproduction
import Statistics
import Measurements
import Training

/// Figure 3.2: order, number of steps and depth of the meta-network.
@main
struct Fig32TURTLEHyperparameters: SineFigure {
  static let identity = FigureIdentity(
    "fig3-2-turtle-hyperparameters", of: "Huisman2022",
    title: "TURTLE's order, inner steps and hidden layers on sine regression",
    summary:
      "Validation error of first- and second-order TURTLE by T and depth, with MAML's beside "
      + "it.")

  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod] {
    settings.steps.flatMap { steps in
      [Order.first, .second].flatMap { order in
        [.maml(steps: steps, order)]
          + settings.hiddenLayers.map { .turtle(steps: steps, hiddenLayers: $0, order) }
      }
    }
  }

  func draw(_ results: SineResults) -> Picture {
    let panels = Panels(results)
    return Picture(
      width: 6.75, columns: panels.steps.count, sharing: .y, legend: .shared,
      caption: "5-shot sine regression. Smallest validation MSE of each run; mean over seeds with "
        + "its 95 % interval: bars for TURTLE, bands for MAML, which has no meta-network. What is "
        + "beyond the axis is drawn at its end; predicting zero costs about 4.4."
    ) {
      for steps in panels.steps {
        Plot(
          "T = \(steps)",
          x: Axis("hidden layers of the meta-network", ticks: panels.layers.map(Double.init)),
          y: Axis(
            "validation MSE", range: panels.lowest...Panels.highest, spacing: .logarithmic,
            ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10])
        ) {
          for order in [Order.first, .second] { panels.maml(steps, order) }
          for order in [Order.first, .second] { panels.turtle(steps, order) }
        }
      }
    }
  }

  func quantities(in results: SineResults) -> [Quantity] {
    sineQuantities(results)
    // Linear meta-networks can be wrong by many orders of magnitude, which no relative tolerance
    // would bear on another machine.
    for (method, found) in results.found {
      Quantity(
        "log10-validation-mse", at: ["method": method.name],
        found.map { log10($0.validationLoss) }, metric: "log10-validation-mse-\(method.name)",
        within: .absolute(0.1))
    }
  }
}

/// What is drawn, a panel for each T.
private struct Panels {
  let results: SineResults
  private(set) var steps: [Int] = []
  private(set) var layers: [Int] = []

  init(_ results: SineResults) {
    self.results = results
    for case .turtle(let steps, let layers, _) in results.places {
      if !self.steps.contains(steps) { self.steps.append(steps) }
      if !self.layers.contains(layers) { self.layers.append(layers) }
    }
  }

  /// Meta-networks that make a task's weights explode have errors of any size.
  static let highest = 10.0

  var lowest: Double {
    0.6 * min(results.places.compactMap { interval($0)?.estimate }.min() ?? 1, 1)
  }

  private func interval(_ method: SineMethod) -> Interval? {
    results[method]?.map(\.validationLoss).interval()
  }

  /// A value, or the end of the axis beyond which it lies.
  private func shown(_ value: Double) -> Double {
    min(max(value, lowest * 1.02), Self.highest * 0.97)
  }

  private func shown(_ ends: Interval) -> ClosedRange<Double> {
    shown(ends.shown.lowerBound)...shown(ends.shown.upperBound)
  }

  @MarkBuilder
  func turtle(_ steps: Int, _ order: Order) -> [any Mark] {
    let found = layers.compactMap { layers in
      interval(.turtle(steps: steps, hiddenLayers: layers, order)).map { (layers, $0) }
    }
    let places = found.map { Double($0.0) + (order == .first ? -0.06 : 0.06) }
    ErrorBars(places, found.map { shown($0.1) })
    Line(places, found.map { shown($0.1.estimate) }, label: "\(order.rawValue)-order TURTLE")
  }

  @MarkBuilder
  func maml(_ steps: Int, _ order: Order) -> [any Mark] {
    let ends = [layers.min() ?? 0, layers.max() ?? 0].map(Double.init)
    if let interval = interval(.maml(steps: steps, order)) {
      Band(ends, ends.map { _ in shown(interval) })
      Line(
        ends, ends.map { _ in interval.estimate }, label: "\(order.rawValue)-order MAML",
        markers: false)
    }
  }
}
