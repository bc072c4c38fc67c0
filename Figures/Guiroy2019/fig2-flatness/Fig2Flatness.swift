import Claims
import Experiments
import Guiroy2019Setup
import Landscape
import Plotting
import Reproduction
import Statistics

/// Figure 2: MAML first finds sharper solutions to new episodes, then flatter ones.
@main
struct Fig2Flatness: ImageFigure {
  static let name = "fig2-flatness"
  static let title = "Flatness of meta-test solutions"
  static let summary =
    "The mean spectral norm of the support loss's Hessian where MAML's adaptation to meta-test "
    + "episodes ends, by epoch, in every setting."
  static let dataSets = ["stand-ins", "originals"] + ImageData.allCases.map(\.rawValue)
  static let claims = [
    ClaimStatement.peakThenFlatten(
      settings: ["glyphs 5-way 1-shot", "glyphs 5-way 5-shot", "scenes 5-way 1-shot"].flatMap {
        ["\($0), first order", "\($0), second order"]
      })
  ]

  struct Results: Codable, Sendable {
    var curves: [Curve]

    struct Curve: Codable, Sendable {
      var setting: String
      var order: String
      var summaries: PerSeed<[CurvatureSummary]>

      var epochs: [Int] { summaries.values[0].map(\.epoch) }
      var norms: PerSeed<[Double]> { summaries.map { $0.map(\.spectralNorm) } }
      var claimed: FlatnessPanel {
        FlatnessPanel("\(setting), \(order)", epochs: epochs.map(Double.init), curvature: norms)
      }
    }
  }

  func experiments(_ options: FigureOptions) throws -> ImageExperiments {
    let data: [ImageData] =
      switch options.data {
      case nil, "stand-ins": [.glyphs, .scenes]
      case "originals": [.omniglot, .miniImageNet]
      case .some(let name): ImageData(rawValue: name).map { [$0] } ?? []
      }
    return try ImageExperiments(on: data, options)
  }

  func measurement(of setting: Setting, seed: UInt64) throws -> PlannedRun {
    try PlannedRun(setting.curvature(seed: seed))
  }

  func measure(with context: FigureContext) async throws -> Results {
    let settings = try experiments(context.options).settings
    let outcomes = try await context.outcomes(of: settings) { $0.curvature(seed: $1) }
    return Results(
      curves: zip(settings, outcomes).map {
        Results.Curve(setting: $0.title, order: $0.order.title, summaries: $1)
      })
  }

  func draw(_ results: Results) -> Picture {
    var settings: [String] = []
    for curve in results.curves where !settings.contains(curve.setting) {
      settings.append(curve.setting)
    }
    return Picture(
      columns: settings.count < 5 ? 2 : 3, sharing: .x, legend: .shared,
      caption: SeedCurve.caption(seeds: results.curves[0].summaries.count)
        + " θ̃: the solution that the inner loop finds for a meta-test episode; ‖H‖: the largest "
        + "absolute eigenvalue of its support loss's Hessian, by Lanczos."
    ) {
      for setting in settings {
        Plot(setting, x: Axis("epoch"), y: Axis("E[‖H(\\tilde{θ}_i)‖_2]")) {
          for (index, curve) in results.curves.filter({ $0.setting == setting }).enumerated() {
            SeedCurve(curve.norms, over: curve.epochs, curve.order).marks(.series(index))
          }
        }.grid()
      }
    }
  }

  func claims(in results: Results) -> [ClaimStatement] {
    [.peakThenFlatten(settings: results.curves.map(\.claimed.setting))]
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    [Self.claims[0].id: Evidence.peakThenFlatten(results.curves.map(\.claimed))]
  }

  func metrics(in results: Results) -> [Metric] {
    results.curves.flatMap { curve in
      let name = curve.claimed.setting.replacing(",", with: "").replacing(" ", with: "-")
      return [
        // Another kernel set may end the iteration for an eigenvalue one product earlier.
        Metric(
          name + "-first-curvature", curve.norms.map { $0[0] }, tolerance: .relative(2e-4)),
        Metric(
          name + "-last-curvature", curve.norms.map { $0[$0.count - 1] },
          tolerance: .relative(0.1)),
      ]
    }
  }

  func table(of results: Results) -> TidyTable {
    var table = TidyTable(
      columns: ["setting", "order", "seed", "epoch", "spectral_norm", "products", "unconverged"])
    for curve in results.curves {
      for (seed, summaries) in zip(curve.summaries.seeds, curve.summaries.values) {
        for epoch in summaries {
          table.append([
            .text(curve.setting), .text(curve.order), .text(String(seed)), .integer(epoch.epoch),
            .number(epoch.spectralNorm), .number(epoch.products), .integer(epoch.unconverged),
          ])
        }
      }
    }
    return table
  }
}
