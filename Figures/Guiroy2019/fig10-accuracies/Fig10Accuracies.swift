import Claims
import CommonSetup
import DataSets
import Experiments
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction
import Statistics

/// Figure 10: accuracy on classes that were trained on, and on others.
@main
struct Fig10Accuracies: ImageFigure {
  static let identity = FigureIdentity(
    "fig10-accuracies", of: "Guiroy2019", title: "Accuracies on training and test classes",
    summary: "The accuracy after adaptation on episodes of (a) the training classes and (b) the "
      + "test classes, by epoch, in every setting.",
    dataSets: sets.map(\.name), presets: Preset.names)
  private static let sets = [ImageSet.omniglot, .miniImageNet]

  /// The accuracies after every epoch, at the same weights.
  struct Accuracies: Codable, Sendable {
    var epochs: [Int]
    var train: [Double]
    var test: [Double]

    /// Train minus test, the mean over the last half of the epochs.
    var gap: Double {
      let late = train.indices.suffix((train.count + 1) / 2)
      return late.reduce(0) { $0 + train[$1] - test[$1] } / Double(late.count)
    }
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<Setting, Accuracies>> {
    let experiments = try ImageExperiments(on: Self.sets, options)
    return try experiments.grid(seeds: options.seeds) { setting, seed in
      try Study(experiments.evaluation(setting, on: .train, seed: seed))
        .and(Study(experiments.evaluation(setting, on: .test, seed: seed)))
        .map { train, test in
          Accuracies(
            epochs: train.map(\.epoch), train: train.map(\.accuracy), test: test.map(\.accuracy))
        }
    }
  }

  func draw(_ results: Grid<Setting, Accuracies>) -> Picture {
    Picture(
      height: 3.4, columns: 2, sharing: .both, legend: .shared,
      caption: SeedCurve.caption(seeds: results.found[0].values.count)
        + " Both panels at the same weights; images of training classes are those that were "
        + "trained on, in new episodes." + results.omissions
    ) {
      plot("training classes", results, \.train)
      plot("test classes", results, \.test)
    }
  }

  private func plot(
    _ title: String, _ results: Grid<Setting, Accuracies>, _ part: (Accuracies) -> [Double]
  ) -> Plot {
    Plot(title, x: Axis("epoch"), y: Axis("target accuracy", style: .percent)) {
      for (index, found) in results.found.enumerated() {
        SeedCurve(
          found.values.map(part), over: found.values.values[0].epochs, found.place.fullTitle,
          within: 0...1
        ).marks(.series(index))
      }
    }.grid()
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Setting, Accuracies>>] {
    let settings = ImageExperiments.settings(on: sets, scope)
    return [
      Claim(
        "guiroy2019/fig10-accuracies/train-test-gap",
        quoting: "there exist a significant generalization gap between its performance on target "
          + "set of the meta-train tasks and the target set of the meta-test task",
        at: "Section 6, Figure 10", gate: .bestEpoch(of: settings) { $0[$1]?.map(\.test) }
      ) {
        for setting in settings {
          // Classes of stand-ins are exchangeable, so that there the gap may be nought.
          Criterion(
            "\(setting.fullTitle), no less",
            statistic: "accuracy on training classes minus that on test classes, the mean over the "
              + "last half of the epochs", .above(threshold: -0.01), in: .points
          ) { $0[setting]?.map(\.gap) }
          Criterion(
            "\(setting.fullTitle), more",
            statistic: "accuracy on training classes minus that on test classes, the mean over the "
              + "last half of the epochs", .positive, in: .points,
            role: scope.data == nil ? .accompanies : .decides
          ) { $0[setting]?.map(\.gap) }
        }
      }
    ]
  }

  func quantities(in results: Grid<Setting, Accuracies>) -> [Quantity] {
    for (setting, found) in results.found {
      for (part, curve) in [("train", found.map(\.train)), ("test", found.map(\.test))] {
        Quantity(
          "accuracy-on-\(part)", at: setting.columns, curve, over: "epoch",
          found.values[0].epochs,
          holding: [.last("\(setting.key)-last-\(part)-accuracy", within: .absolute(0.05))])
      }
    }
  }
}
