import Claims
import Execution
import Experiments
import Huisman2022Setup
import Plotting
import Reproduction
import Statistics

/// Theorem 1: a meta-learner LSTM with the right biases follows MAML's inner loop.
@main
struct Theorem1LSTMSubsumesMAML: Figure {
  static let name = "theorem1-lstm-subsumes-maml"
  static let paper = "Huisman2022"
  static let title = "The meta-learner LSTM subsumes MAML"
  static let summary =
    "Difference between the inner loops of MAML and of an LSTM with gates set by hand."
  static let claims = [ClaimStatement.identicalTrajectories]
  static let departures = [
    "The proof's second condition on b_f is read as one on b_i. In front of the gates stands the "
      + "ordinary LSTM of the authors' code, which the theorem leaves out and W = 0 silences."
  ]

  struct Results: Codable, Sendable {
    var rates: [Double]
    /// Rate by rate, the differences after every step.
    var byRate: [PerSeed<[Double]>]
    var forgetBiases: [Double]
    /// Bias by bias, the largest difference along the inner loop at one rate.
    var byBias: [PerSeed<Double>]
    var biasRate: Double
  }

  private static let rates = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]
  private static let saturated = 40.0
  private static let biasRate = 0.01
  private static let biases = Array(stride(from: 4.0, through: 44, by: 4))

  private func run(
    _ options: FigureOptions, rate: Double, bias: Double, seed: UInt64
  ) -> GateTrajectories {
    GateTrajectories(
      rate: rate, forgetBias: bias, width: options.budget.pick(smoke: 10, standard: 40),
      steps: options.budget.pick(smoke: 4, standard: 10), seed: seed)
  }

  private func grid(_ options: FigureOptions) -> [[GateTrajectories]] {
    Self.rates.map { rate in
      options.seeds.map { run(options, rate: rate, bias: Self.saturated, seed: $0) }
    }
      + Self.biases.map { bias in
        options.seeds.map { run(options, rate: Self.biasRate, bias: bias, seed: $0) }
      }
  }

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try grid(options).joined().map { try PlannedRun($0) }.uniqued()
  }

  func measure(with context: FigureContext) async throws -> Results {
    try await context.runs.complete(try runs(for: context.options))
    var rows: [PerSeed<[Double]>] = []
    for row in grid(context.options) {
      var outcomes: [[Double]] = []
      for run in row { outcomes.append(try await context.runs.outcome(of: run)) }
      rows.append(PerSeed(seeds: context.options.seeds, values: outcomes))
    }
    return Results(
      rates: Self.rates, byRate: Array(rows.prefix(Self.rates.count)),
      forgetBiases: Self.biases,
      byBias: rows.dropFirst(Self.rates.count).map { $0.map { $0.max() ?? 0 } },
      biasRate: Self.biasRate)
  }

  func draw(_ results: Results) -> Picture {
    // A difference of exactly zero has no logarithm; it is drawn at the bottom.
    let floor = 1e-18
    let worst = results.byRate.map { $0.values.joined().max() ?? 0 }
    let spread = results.byBias.map { ($0.values.min() ?? 0, $0.values.max() ?? 0) }
    return Picture(width: 6.75, sharing: .y, caption: Self.caption(worst: worst.max() ?? 0)) {
      Plot(
        "saturated forget gate, b_f = 40",
        x: Axis("inner step, t", ticks: results.byRate[0].values[0].indices.map { Double($0 + 1) }),
        y: Axis("largest |Δθ|  (relative)", range: 1e-19...1, spacing: .logarithmic)
      ) {
        ReferenceLine.horizontal(at: 1e-10, label: "the claim's bound")
        for (index, rate) in results.rates.enumerated() where [0, 2, 4, 6, 8].contains(index) {
          let curves = results.byRate[index].values
          let steps = curves[0].indices
          Line(
            steps.map { $0 + 1 },
            steps.map { step in max(curves.map { $0[step] }.max() ?? 0, floor) },
            label: "α = \(rate)")
        }
      }
      Plot(
        "saturating forget gate, α = \(results.biasRate)",
        x: Axis("forget bias, b_f"),
        y: Axis("largest |Δθ|  (relative)", range: 1e-19...1, spacing: .logarithmic)
      ) {
        ReferenceLine.horizontal(at: 1e-10)
        ErrorBars(
          results.forgetBiases, spread.map { max($0.0, floor)...max($0.1, floor) })
        Line(
          results.forgetBiases, spread.map { max($0.1, floor) }, label: "LSTM against MAML")
        Line(
          results.forgetBiases, results.forgetBiases.map { Self.decay($0) },
          label: "1 − σ(b_f)", markers: false)
      }
    }
  }

  private static func caption(worst: Double) -> String {
    "Weights along the inner loop on a 5-shot sine task in double precision; differences in units "
      + "of the largest weight, or of one. Lines: worst seed; worst of all α and seeds: "
      + "\(scientific(worst)). Zero is drawn at 10⁻¹⁸. The theorem is exact only in the limit of a "
      + "large forget bias, and α = 1 would need an infinite input bias."
  }

  /// 1 − σ(b), without the cancellation.
  private static func decay(_ bias: Double) -> Double {
    var value = 1.0
    for _ in 0..<Int(bias) { value /= 2.718_281_828_459_045 }
    return value / (1 + value)
  }

  private static func scientific(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while mantissa > 0, mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    let all = results.byRate.flatMap { $0.values.map { $0.max() ?? 0 } }
    return [Self.claims[0].id: ["difference": .exact(all)]]
  }

  func metrics(in results: Results) -> [Metric] {
    zip(results.forgetBiases, results.byBias).filter { $0.0 <= 20 }.map { bias, values in
      Metric("difference-at-forget-bias-\(Int(bias))", values, tolerance: .relative(1e-3))
    }
  }

  func table(of results: Results) -> TidyTable {
    var table = TidyTable(columns: ["rate", "step", "seed", "difference"])
    for (rate, curves) in zip(results.rates, results.byRate) {
      for (seed, curve) in zip(curves.seeds, curves.values) {
        for (step, difference) in curve.enumerated() {
          table.append([
            .number(rate), .integer(step + 1), .text(String(seed)), .number(difference),
          ])
        }
      }
    }
    return table
  }
}

extension [PlannedRun] {
  /// Each run once, where it comes first.
  fileprivate func uniqued() -> [PlannedRun] {
    var seen: Set<RunKey> = []
    return filter { seen.insert($0.key).inserted }
  }
}
