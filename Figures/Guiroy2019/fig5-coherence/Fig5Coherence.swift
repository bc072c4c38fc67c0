import Claims
import Experiments
import Foundation
import Guiroy2019Setup
import Landscape
import Plotting
import Reproduction
import Statistics

/// Figure 5: where the adaptations to different episodes go the same way, accuracy is high.
@main
struct Fig5Coherence: ImageFigure {
  static let name = "fig5-coherence"
  static let title = "Coherence of adaptation trajectories and target accuracy"
  static let summary =
    "The mean cosine between the directions in which MAML adapts to meta-test episodes, and the "
    + "accuracy that it reaches, by epoch; (a) first order, (b) second order."
  static let dataSets = ["scenes", "glyphs", "omniglot", "mini-imagenet"]
  static let claims = [
    ClaimStatement.coherenceTracksAccuracy(settings: ["first order", "second order"])
  ]

  struct Results: Codable, Sendable {
    var panels: [Panel]

    struct Panel: Codable, Sendable {
      var setting: String
      var order: String
      var summaries: PerSeed<[TrajectorySummary]>

      var epochs: [Int] { summaries.values[0].map(\.epoch) }
      var accuracy: PerSeed<[Double]> { summaries.map { $0.map(\.accuracy) } }
      var coherence: PerSeed<[Double]> { summaries.map { $0.map(\.coherence) } }
      var claimed: CoherencePanel {
        CoherencePanel(order, coherence: coherence, accuracy: accuracy)
      }
    }
  }

  func experiments(_ options: FigureOptions) throws -> ImageExperiments {
    try ImageExperiments(
      on: [options.data.flatMap(ImageData.init) ?? .scenes], options, isOneForm: true)
  }

  func measurement(of setting: Setting, seed: UInt64) throws -> PlannedRun {
    try PlannedRun(setting.trajectories(seed: seed))
  }

  func measure(with context: FigureContext) async throws -> Results {
    let settings = try experiments(context.options).settings
    let outcomes = try await context.outcomes(of: settings) { $0.trajectories(seed: $1) }
    return Results(
      panels: zip(settings, outcomes).map {
        Results.Panel(setting: $0.title, order: $0.order.title, summaries: $1)
      })
  }

  func draw(_ results: Results) -> Picture {
    Picture(
      columns: 2,
      caption: SeedCurve.caption(seeds: results.panels[0].summaries.count)
        + " Insets: every seed and epoch; R is Pearson's over the epochs of a seed, averaged over "
        + "seeds by Fisher's z. Coherence: the mean cosine between the directions u from the meta-train solution to the solutions of two episodes."
    ) {
      for panel in results.panels { plot(panel) }
    }
  }

  private func plot(_ panel: Results.Panel) -> Plot {
    let r = SeedwiseCorrelation(of: panel.coherence, and: panel.accuracy)?.interval().estimate
    return Plot(
      "\(panel.order), \(panel.setting)", x: Axis("epoch"),
      y: Axis("target accuracy", style: .percent),
      right: Axis("coherence  E[u_i^⊤ u_j]")
    ) {
      SeedCurve(panel.accuracy, over: panel.epochs, "accuracy").marks(.series(0))
      SeedCurve(panel.coherence, over: panel.epochs, "coherence")
        .marks(.series(1), onRightAxis: true)
    }.inset(
      Plot(
        r.map { String(format: "R = %.2f", $0) } ?? "R undefined", x: Axis("coherence"),
        y: Axis("accuracy", style: .percent)
      ) {
        Points(
          panel.coherence.values.flatMap(\.self), panel.accuracy.values.flatMap(\.self), size: 2.4
        ).colored(.series(2))
      })
  }

  func claims(in results: Results) -> [ClaimStatement] {
    [.coherenceTracksAccuracy(settings: results.panels.map(\.order))]
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    [Self.claims[0].id: Evidence.coherenceTracksAccuracy(results.panels.map(\.claimed))]
  }

  func metrics(in results: Results) -> [Metric] {
    results.panels.flatMap { panel in
      let name = panel.order.replacing(" ", with: "-")
      return [
        // Two updates in, another kernel set is still the same to seven digits.
        Metric(
          "\(name)-first-support-loss", panel.summaries.map { $0[0].supportLoss },
          tolerance: .relative(2e-5)),
        Metric(
          "\(name)-first-length", panel.summaries.map { $0[0].length },
          tolerance: .relative(2e-5)),
        Metric(
          "\(name)-first-coherence", panel.coherence.map { $0[0] }, tolerance: .relative(2e-4)),
        Metric(
          "\(name)-last-accuracy", panel.accuracy.map { $0[$0.count - 1] },
          tolerance: .absolute(0.05)),
        Metric(
          "\(name)-last-coherence", panel.coherence.map { $0[$0.count - 1] },
          tolerance: .absolute(0.03)),
      ]
    }
  }

  func table(of results: Results) -> TidyTable {
    var table = TidyTable(
      columns: [
        "setting", "order", "seed", "epoch", "accuracy", "coherence", "length", "support_loss",
      ])
    for panel in results.panels {
      for (seed, summaries) in zip(panel.summaries.seeds, panel.summaries.values) {
        for epoch in summaries {
          table.append([
            .text(panel.setting), .text(panel.order), .text(String(seed)), .integer(epoch.epoch),
            .number(epoch.accuracy), .number(epoch.coherence), .number(epoch.length),
            .number(epoch.supportLoss),
          ])
        }
      }
    }
    return table
  }
}
