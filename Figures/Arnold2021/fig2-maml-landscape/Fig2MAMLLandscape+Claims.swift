import Claims
import Foundation
import Reproduction
import Statistics

extension Fig2MAMLLandscape {
  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "arnold2021/fig2-maml-landscape/four-minima",
        quoting: "4 meta-training trajectories (of parameters) converging to each of the 4 "
          + "solutions.", at: "Figure 2"
      ) {
        Criterion(
          "end", statistic: "distance of each descent's end from a minimum of its own",
          .below(threshold: 1e-3)
        ) { .exact(distances(in: $0)) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/stationary-points",
        quoting: "there are at least 5 stationary points: (0, 0), (±1/√α, 0), (0, ±1/√α)",
        at: "Section A.1, equations 54–57", smallestBudget: .smoke
      ) {
        Criterion(
          "gradient", statistic: "largest element of the gradient there", .below(threshold: 1e-9)
        ) { .exact([$0.checks.stationary]) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/hessians",
        quoting: "the origin … is a stationary point and the Hessian is H = −4αI … The following 4 "
          + "pairs … are locally minimum, with the Hessian given by DIAG(8α, 6α³)",
        at: "Section 4.4, equations 55–57", smallestBudget: .smoke,
        reservation: "up to E11: the printed Hessians belong to twice the printed loss"
      ) {
        // As printed, and as they are for the loss of equation 53.
        Criterion(
          "half of the printed", statistic: "largest deviation from diag(4α, 3α³) and −2αI",
          .below(threshold: 1e-9)
        ) { .exact([$0.checks.hessian]) }
        Criterion(
          "as printed", statistic: "largest relative deviation from diag(8α, 6α³) and −4αI",
          .below(threshold: 1e-9), role: .accompanies
        ) { .exact([$0.checks.printedHessian]) }
      },
      Claim(
        "arnold2021/fig2-maml-landscape/one-step-adaptation",
        quoting: "this fast adaptation does not depend on what α is and does not even depend on "
          + "whether we adapt from the right b", at: "Section 4.4, equation 20",
        smallestBudget: .smoke
      ) {
        Criterion(
          "error", statistic: "|ab − θ′| after one step, over several α, b and θ′",
          .below(threshold: 1e-9)
        ) { .exact([$0.checks.adaptation]) }
      },
    ]
  }

  /// How far each descent ended from a minimum that no earlier one has ended nearest to.
  private static func distances(in results: Results) -> [Double] {
    var free = minima(results.rate)
    return results.descents.compactMap { path in
      let end = path[path.count - 1]
      let distances = free.map { hypot($0.a - end[0], $0.b - end[1]) }
      guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) else {
        return nil
      }
      free.remove(at: nearest)
      return distances[nearest]
    }
  }

  @QuantityBuilder func quantities(in results: Results) -> [Quantity] {
    let last = results.descents.map { $0[$0.count - 1] }
    for (name, value, tolerance) in [
      ("least-loss", results.losses.joined().min() ?? .nan, Tolerance.relative(1e-9)),
      ("first-descent-end-a", last[0][0], .relative(1e-6)),
      ("first-descent-end-b", last[0][1], .absolute(1e-6)),
      ("steep-curvature", results.hessians[0].minimum[0], .relative(1e-9)),
      ("printed-hessian-error", results.checks.printedHessian, .absolute(1e-9)),
    ] {
      Quantity(name, PerSeed(seeds: [0], values: [value]), within: tolerance)
    }
    for (index, path) in results.descents.enumerated() {
      for (axis, name) in ["a", "b"].enumerated() {
        Quantity(
          name, at: ["descent": "\(index + 1)"],
          PerSeed(seeds: [0], values: [path.map { $0[axis] }]), over: "point",
          path.indices.map { $0 })
      }
    }
  }
}
