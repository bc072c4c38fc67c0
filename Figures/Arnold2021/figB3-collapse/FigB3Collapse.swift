import Arnold2021Setup
import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics

/// Figure B.3: the linear layers of a meta-trained model, multiplied into one before adaptation.
///
/// The collapsed model says the same before the inner step, but its step is that of logistic
/// regression. The runs are those of Figures 1 and B.1.
@main
struct FigB3Collapse: SyntheticFigure {
  static let identity = FigureIdentity(
    "figB3-collapse", of: "Arnold2021", title: "Collapsing linear layers before adaptation",
    summary: "Test accuracy of deep linear models, as trained and collapsed into one layer before "
      + "the step.")
  static let departures = Departures.synthetic + Departures.classification

  private static let deep = [SyntheticProblem.Depth.two, .three]

  func study(_ options: FigureOptions) throws -> Study<Grid<SyntheticModel, SyntheticOutcome>> {
    let models = SyntheticProblem.Depth.allCases.map { SyntheticModel.classification($0) }
    return try grid(models, seeds: options.seeds) {
      try $0.study(of: [.test, .collapsed], seed: $1, budget: options.budget)
    }
  }

  func draw(_ results: Grid<SyntheticModel, SyntheticOutcome>) -> Picture {
    Picture(
      width: 6.75, columns: 2,
      caption: "Unseen episodes after one inner step. "
        + SeedCurve.caption(seeds: results.found[0].values.count)
    ) {
      for depth in Self.deep {
        Plot(depth.title, x: Axis("meta-iterations"), y: Axis("accuracy", range: 0.4...1.01)) {
          ReferenceLine.horizontal(at: 0.5, label: "chance")
          if let shallow = results[.classification(.shallow)],
            let deep = results[.classification(depth)]
          {
            for (index, curve) in [
              ("LR", shallow.curves(.test, \.accuracy)),
              ("as trained", deep.curves(.test, \.accuracy)),
              ("collapsed before adapting", deep.curves(.collapsed, \.accuracy)),
            ].enumerated() {
              SeedCurve(curve.1, over: deep.iterations, curve.0, within: 0...1)
                .marks(.series(index), markers: false)
            }
          }
        }
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<SyntheticModel, SyntheticOutcome>>] {
    [
      Claim(
        "arnold2021/figB3-collapse/collapse-destroys-adaptation",
        quoting: "collapsing erases the model's ability to adapt to new tasks.",
        at: "Section B.3, Figure B.3"
      ) {
        for depth in deep {
          Criterion(
            "\(depth.rawValue) layers, loss of accuracy",
            statistic: "test accuracy collapsed − as trained", .negative, in: .points
          ) { results in
            results[.classification(depth)].map {
              $0.last(.collapsed, \.accuracy) - $0.last(.test, \.accuracy)
            }
          }
          Criterion(
            "\(depth.rawValue) layers, as ineffective as LR",
            statistic: "test accuracy collapsed − that of meta-trained LR", .below(threshold: 0.05),
            in: .points
          ) { results in
            guard let deep = results[.classification(depth)],
              let shallow = results[.classification(.shallow)]
            else { return nil }
            return deep.last(.collapsed, \.accuracy) - shallow.last(.test, \.accuracy)
          }
          Criterion(
            "\(depth.rawValue) layers, near chance", statistic: "test accuracy collapsed − ½",
            .equivalent(margin: 0.05), in: .points, role: .accompanies
          ) { results in
            results[.classification(depth)]?.last(.collapsed, \.accuracy).map { $0 - 0.5 }
          }
        }
      }
    ]
  }

  func quantities(in results: Grid<SyntheticModel, SyntheticOutcome>) -> [Quantity] {
    for depth in Self.deep {
      if let found = results[.classification(depth)] {
        let name = "accuracy-\(depth.rawValue)-layers"
        Quantity(
          "accuracy", at: ["model": depth.title], found.curves(.test, \.accuracy),
          over: "iteration", found.iterations, holding: [.last(name)])
        Quantity(
          "accuracy-collapsed", at: ["model": depth.title], found.curves(.collapsed, \.accuracy),
          over: "iteration", found.iterations, holding: [.last(name + "-collapsed")])
      }
    }
  }
}
