import Claims
import Experiments
import Foundation
import Huisman2022Setup
import Plotting
import Reproduction
import Statistics

/// Theorem 1: a meta-learner LSTM with the right biases follows MAML's inner loop.
@main
struct Theorem1LSTMSubsumesMAML: Figure {
  static let identity = FigureIdentity(
    "theorem1-lstm-subsumes-maml", of: "Huisman2022",
    title: "The meta-learner LSTM subsumes MAML",
    summary: "Difference between the inner loops of MAML and of an LSTM with gates set by hand.")
  static let departures = [
    "The proof's second condition on b_f is read as one on b_i. In front of the gates stands the "
      + "ordinary LSTM of the authors' code, which the theorem leaves out and W = 0 silences."
  ]

  /// α and the forget gate's bias; what is found there are the differences after every step.
  struct Gates: Codable, Hashable {
    var rate: Double
    var forgetBias: Double
  }

  private static let rates = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]
  private static let saturated = 40.0
  private static let biasRate = 0.01
  private static let biases = Array(stride(from: 4.0, through: 44, by: 4))
  private static let places: [Gates] =
    rates.map { Gates(rate: $0, forgetBias: saturated) }
    + biases.filter { $0 != saturated }.map { Gates(rate: biasRate, forgetBias: $0) }

  func study(_ options: FigureOptions) throws -> Study<Grid<Gates, GateTrajectories.Outcome>> {
    try grid(Self.places, seeds: options.seeds) { gates, seed in
      try Study(
        GateTrajectories(
          rate: gates.rate, forgetBias: gates.forgetBias,
          width: options.budget.pick(smoke: 10, standard: 40),
          steps: options.budget.pick(smoke: 4, standard: 10), seed: seed))
    }
  }

  func draw(_ results: Grid<Gates, GateTrajectories.Outcome>) -> Picture {
    let saturated = Self.rates.compactMap { rate in
      results[Gates(rate: rate, forgetBias: Self.saturated)].map { (rate, $0.values) }
    }
    let spread = Self.spread(results)
    let loops = saturated.flatMap(\.1)
    // A difference of exactly zero has no logarithm; it is drawn at the bottom.
    let floor = 1e-18
    return Picture(width: 6.75, sharing: .y, caption: Self.caption(of: loops)) {
      Plot(
        "saturated forget gate, b_f = 40",
        x: Axis("inner step, t", ticks: loops[0].differences.indices.map { Double($0 + 1) }),
        y: Axis("largest |Δθ|  (relative)", range: 1e-19...1, spacing: .logarithmic)
      ) {
        ReferenceLine.horizontal(at: 1e-10, label: "the claim's bound")
        for (index, (rate, loops)) in saturated.enumerated() where index % 2 == 0 {
          let curves = loops.map(\.whileFinite)
          // As long as all seeds have a trajectory: where the worst one leaves, the others are better.
          let steps = 0..<(curves.map(\.count).min() ?? 0)
          Line(
            steps.map { $0 + 1 },
            steps.map { step in max(Self.largest(curves.map { $0[step] }), floor) },
            label: "α = \(rate)")
        }
      }
      Plot(
        "saturating forget gate, α = \(Self.biasRate)", x: Axis("forget bias, b_f"),
        y: Axis("largest |Δθ|  (relative)", range: 1e-19...1, spacing: .logarithmic)
      ) {
        ReferenceLine.horizontal(at: 1e-10)
        ErrorBars(
          spread.map(\.bias),
          spread.map { max($0.range.lowerBound, floor)...max($0.range.upperBound, floor) })
        Line(
          spread.map(\.bias), spread.map { max($0.range.upperBound, floor) },
          label: "LSTM against MAML")
        // 1 − σ(b), without the cancellation.
        Line(
          Self.biases, Self.biases.map { exp(-$0) / (1 + exp(-$0)) }, label: "1 − σ(b_f)",
          markers: false)
      }
    }
  }

  /// The largest difference along the inner loop, from the best seed to the worst, by bias.
  ///
  /// A bias at which a seed's difference is no number has none.
  private static func spread(
    _ results: Grid<Gates, GateTrajectories.Outcome>
  ) -> [(bias: Double, range: ClosedRange<Double>)] {
    biases.compactMap { bias in
      guard let all = worst(results, bias)?.values, all.allSatisfy(\.isFinite),
        let least = all.min(), let most = all.max()
      else { return nil }
      return (bias, least...most)
    }
  }

  private static func worst(_ results: Grid<Gates, GateTrajectories.Outcome>, _ bias: Double)
    -> PerSeed<Double>?
  {
    results[Gates(rate: biasRate, forgetBias: bias)]?.map { largest($0.whileFinite) }
  }

  /// The largest difference from a trajectory of MAML.
  ///
  /// Infinite if the other has left all numbers, NaN if there is none: neither passes for agreement.
  private static func largest(_ differences: [Double]) -> Double {
    differences.contains(where: \.isNaN) ? .infinity : differences.max() ?? .nan
  }

  private static func caption(of loops: [GateTrajectories.Outcome]) -> String {
    let diverged = loops.filter { $0.finiteSteps < $0.differences.count }.count
    let worst = largest(loops.flatMap(\.whileFinite))
    return "Weights along the inner loop on a 5-shot sine task in double precision; differences in "
      + "units of the largest weight, or of one. Lines: worst seed; worst of all α and seeds: "
      + String(format: "%.1e", worst) + ". Zero is drawn at 10⁻¹⁸."
      + (diverged == 0
        ? ""
        : " In \(diverged) of \(loops.count) loops, at large α, MAML itself diverges until its "
          + "weights overflow: there lines end.")
      + " The theorem is exact only in the limit of a large forget bias, and α = 1 would need an "
      + "infinite input bias."
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Gates, GateTrajectories.Outcome>>] {
    [
      Claim(
        "huisman2022/theorem1-lstm-subsumes-maml/identical-trajectories",
        quoting: "The meta-learner LSTM subsumes MAML.", at: "Theorem 1"
      ) {
        Criterion(
          "difference",
          statistic: "largest difference of a weight along the inner loop, in units of the largest "
            + "weight or of one, for every α and seed, in double precision",
          .below(threshold: 1e-10)
        ) { results in
          .exact(
            rates.compactMap { results[Gates(rate: $0, forgetBias: saturated)] }
              .flatMap { $0.values.map { largest($0.whileFinite) } })
        }
      }
    ]
  }

  func quantities(in results: Grid<Gates, GateTrajectories.Outcome>) -> [Quantity] {
    for (gates, found) in results.found {
      Quantity(
        "difference",
        at: ["rate": "\(gates.rate)", "forget-bias": "\(gates.forgetBias)"],
        found.map(\.differences), over: "step",
        (1...found.values[0].differences.count).map { $0 })
      Quantity(
        "finite-steps", at: ["rate": "\(gates.rate)", "forget-bias": "\(gates.forgetBias)"],
        found.map { Double($0.finiteSteps) }, within: nil)
    }
    for bias in Self.biases where bias <= 20 {
      if let worst = Self.worst(results, bias) {
        Quantity(
          "largest-difference",
          at: ["rate": "\(Self.biasRate)", "forget-bias": "\(bias)"], worst,
          metric: "difference-at-forget-bias-\(Int(bias))", within: .relative(1e-3))
      }
    }
  }
}
