import Arnold2021Setup
import Claims
import Experiments
import Reproduction
import Statistics

extension FigB1LogisticSynthetic {
  static func claims(_ scope: ClaimScope) -> [Claim<Grid<SyntheticModel, SyntheticOutcome>>] {
    [
      Claim(
        "arnold2021/figB1-logistic-synthetic/shallow-at-chance",
        quoting: "Equally surprising as the previous results, the model fails to perform better "
          + "than chance.", at: "Section B.1.1, Figure B.1"
      ) {
        Criterion(
          "test", statistic: "test accuracy of LR − ½", .equivalent(margin: 0.05), in: .points
        ) {
          results in
          results[.classification(.shallow)]?.last(.test, \.accuracy).map { $0 - 0.5 }
        }
        Criterion(
          "training", statistic: "training accuracy of LR − ½", .equivalent(margin: 0.05),
          in: .points
        ) {
          results in
          results[.classification(.shallow)]?.last(.training, \.accuracy).map { $0 - 0.5 }
        }
        // Where the paper's curve can come from.
        for start in starts(settings[0]).suffix(2) {
          Criterion(
            "test, from a start of deviation \(start.deviation.map(text) ?? "")",
            statistic: "test accuracy of LR before meta-training − ½", .equivalent(margin: 0.05),
            in: .points,
            role: .accompanies
          ) { results in results[start]?.curves(.test, \.accuracy).map { $0[0] - 0.5 } }
        }
      },
      Claim(
        "arnold2021/figB1-logistic-synthetic/deep-near-perfect",
        quoting: "LR with 2 or 3 linear layers attains nearly perfect classification on any task.",
        at: "Section B.1.1, Figure B.1"
      ) {
        for depth in [SyntheticProblem.Depth.two, .three] {
          // What a network reaches before its first update is no meta-learning.
          Criterion(
            "\(depth.rawValue) layers, gain",
            statistic: "test accuracy at the end − before meta-training", .positive, in: .points
          ) { results in
            results[.classification(depth)]?.curves(.test, \.accuracy).map {
              $0[$0.count - 1] - $0[0]
            }
          }
          Criterion(
            "\(depth.rawValue) layers, over LR",
            statistic: "test accuracy − that of LR at the rate that does best on training episodes",
            .positive, in: .points
          ) { results in
            guard let deep = results[.classification(depth)]?.last(.test, \.accuracy),
              let best = bestShallow(in: results)
            else { return nil }
            return deep - best
          }
          Criterion(
            "\(depth.rawValue) layers", statistic: "test accuracy", .above(threshold: 0.95),
            in: .percent,
            role: .accompanies
          ) { results in results[.classification(depth)]?.last(.test, \.accuracy) }
        }
      },
    ]
  }

  /// The test accuracy of LR at the rate that is best on the training episodes of each seed.
  private static func bestShallow(
    in results: Grid<SyntheticModel, SyntheticOutcome>
  ) -> PerSeed<Double>? {
    let models = [SyntheticModel.classification(.shallow)] + rates.map { .rate($0) }
    let found = models.compactMap { results[$0] }
    guard let first = found.first, found.count == models.count else { return nil }
    let ends = found.map {
      $0.last(.training, \.accuracy).paired(with: $0.last(.test, \.accuracy))
    }
    return PerSeed(
      seeds: first.seeds,
      values: first.seeds.compactMap { seed in
        ends.compactMap { $0.value(ofSeed: seed) }.max { $0.0 < $1.0 }?.1
      })
  }
}
