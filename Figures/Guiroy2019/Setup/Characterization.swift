import Claims
import CommonSetup
import DataSets
import Experiments
import Measurements
import Plotting
import Reproduction
import Statistics

/// What solutions to meta-test episodes are like, epoch by epoch.
package struct Characterization: Codable, Sendable {
  package var epochs: [Int]
  package var accuracy: [Double]
  package var supportLoss: [Double]
  /// E[‖H(θ̃)‖].
  package var curvature: [Double]

  /// What trajectories and curvatures after the same epochs say.
  package init(_ trajectories: [TrajectorySummary], _ curvatures: [Double]) {
    epochs = trajectories.map(\.epoch)
    accuracy = trajectories.map(\.accuracy)
    supportLoss = trajectories.map(\.supportLoss)
    curvature = curvatures
  }
}

/// A figure with three panels: accuracy, support loss and curvature of one training by epoch.
package protocol CharacterizationFigure: ImageFigure
where Results == Grid<Setting, Characterization>, Drawing == Picture {
  /// What the caption says of the training.
  static var training: String { get }
}

extension CharacterizationFigure {
  package func draw(_ results: Results) -> Picture {
    let found = results.found[0]
    func plot(_ title: String, _ axis: Axis, _ curve: (Characterization) -> [Double]) -> Plot {
      Plot(title, x: Axis("epoch"), y: axis, legend: .none) {
        SeedCurve(
          found.values.map(curve), over: found.values.values[0].epochs, title,
          within: 0...(.infinity)
        ).marks(.series(0))
      }.grid()
    }
    return Picture(
      height: 2.6, columns: 3, sharing: .x,
      caption: "\(Self.training), \(found.place.title). "
        + SeedCurve.caption(seeds: found.values.count)
        + " \\tilde{θ}: the solution to a meta-test episode; ‖H‖: the largest absolute eigenvalue "
        + "of its support loss's Hessian."
    ) {
      plot("target accuracy", Axis("accuracy", style: .percent), \.accuracy)
      plot("support loss", Axis("E[L(\\tilde{θ}_i)]"), \.supportLoss)
      plot("curvature", Axis("E[‖H(\\tilde{θ}_i)‖_2]"), \.curvature)
    }
  }

  @QuantityBuilder package func quantities(in results: Results) -> [Quantity] {
    for (setting, found) in results.found {
      let epochs = found.values[0].epochs
      Quantity(
        "accuracy", at: setting.columns, found.map(\.accuracy), over: "epoch", epochs,
        holding: [.last("last-accuracy", within: .absolute(0.05))])
      Quantity(
        "support-loss", at: setting.columns, found.map(\.supportLoss), over: "epoch", epochs,
        holding: [
          .first("first-support-loss", within: .relative(2e-4)), .last("last-support-loss"),
        ])
      Quantity(
        "spectral-norm", at: setting.columns, found.map(\.curvature), over: "epoch", epochs,
        holding: [
          .first("first-curvature", within: .relative(2e-3)),
          .last("last-curvature", within: .relative(0.1)),
        ])
    }
  }
}
