import Reproduction
import Statistics

extension TidyTable {
  /// One row for each method, seed and quantity; validation losses by epoch.
  public init(_ outcomes: [SineOutcome]) {
    self.init(columns: ["method", "seed", "quantity", "epoch", "mse"])
    for outcome in outcomes {
      func add(_ seed: UInt64, _ quantity: String, _ epoch: Int, _ value: Double) {
        append([
          .text(outcome.method.name), .text(String(seed)), .text(quantity), .integer(epoch),
          .number(value),
        ])
      }
      for (seed, chosen) in zip(outcome.chosen.seeds, outcome.chosen.values) {
        add(seed, "test", chosen, outcome.testLoss.value(ofSeed: seed) ?? .nan)
      }
      let curves = outcome.validationCurves
      for (seed, curve) in zip(curves.seeds, curves.values) {
        for (epoch, loss) in curve.enumerated() { add(seed, "validation", epoch, loss) }
      }
    }
  }
}

extension Interval {
  /// The ends as error bars show them: an end that nothing bounds is drawn at the estimate, and
  /// what a logarithmic axis cannot show at a tenth of it.
  public var shown: ClosedRange<Double> {
    let low = lower.isFinite ? max(lower, estimate / 10) : estimate
    return min(low, estimate)...(upper.isFinite ? upper : estimate)
  }
}
