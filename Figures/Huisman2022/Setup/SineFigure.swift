import Claims
import CommonSetup
import Experiments
import Reproduction
import Statistics
import Training

/// A figure of section 3.5 on sine regression: the outcomes of some methods over the seeds.
public protocol SineFigure: ComputedFigure {
  /// The methods that are compared with a protocol, at a budget.
  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod]
}

extension SineFigure {
  /// The folder of the paper.
  public static var paper: String { "Huisman2022" }
  /// The 30 runs of the paper at its own budget.
  public static func seedCount(within budget: Budget) -> Int {
    SineProtocol.seedCount(within: budget)
  }

  /// What the experiments on sine waves do otherwise than the paper and its code.
  public static var departures: [String] {
    [
      "Below the `paper` budget fewer tasks are seen (10,000 of 70,000 at standard, 20,000 "
        + "overnight); at standard the base network has 20 instead of 40 units in a layer, and the "
        + "meta-learner LSTM 10 instead of 20 with T = 5 instead of 8.",
      "Over a meta-batch gradients are averaged and then clipped; the authors' code clips each and "
        + "adds. Adam hardly sees the difference.",
      "The values of T in Figure 3.2 beyond 1 and 5 (10 here), and T of MAML in Figure 3.3 (1, 5 "
        + "and 10), are not stated; neither are the LSTM's settings for sine waves, which are "
        + "those of the authors' code for images.",
      "Tasks are y = A sin(x + φ), as in the authors' code; the objective is the query loss, where "
        + "equation 3.2 prints the support set.",
      "In Figure 3.3 the interval of a median is that of order statistics, the narrowest that "
        + "holds it with 95 % or, below six seeds, the whole range; the paper does not say how "
        + "its own was made. Figure 3.2 has means with 95 % intervals, as its code does.",
      "A training whose loss or gradient is not finite ends there and is chosen from as far as it "
        + "went, as the best validation state was in the authors' code.",
    ]
  }

  /// Validation losses before training and after the first epoch, held tightly: what changes in an
  /// engine they show, and other kernels have not had the time to change them by a tenth as much.
  public func earlyMetrics(of outcomes: [SineOutcome]) -> [Metric] {
    outcomes.flatMap { outcome in
      zip(["before-training", "after-one-epoch"], [5e-7, 2e-5]).enumerated().map { epoch, held in
        Metric(
          "validation-mse-\(held.0)-\(outcome.method.name)",
          outcome.validationCurves.map { $0[min(epoch, $0.count - 1)] },
          tolerance: .relative(held.1))
      }
    }
  }

  /// The runs of all methods and seeds.
  public func runs(for options: FigureOptions) throws -> [PlannedRun] {
    let settings = SineProtocol(options.budget)
    return try Self.methods(settings, budget: options.budget).flatMap { method in
      try options.seeds.map { try SineRun(method, seed: $0, settings: settings).planned }
    }
  }

  /// The outcomes of all methods; those not stored are run, several at once.
  public func outcomes(with context: FigureContext) async throws -> [SineOutcome] {
    let settings = SineProtocol(context.options.budget)
    let methods = Self.methods(settings, budget: context.options.budget)
    let grid = try methods.map { method in
      try context.options.seeds.map { try SineRun(method, seed: $0, settings: settings) }
    }
    try await context.runs.complete(grid.joined().map(\.planned))
    var outcomes: [SineOutcome] = []
    for (method, row) in zip(methods, grid) {
      var found: [SelectionOutcome] = []
      for run in row { found.append(try await run.outcome(from: context.runs)) }
      outcomes.append(SineOutcome(of: method, PerSeed(seeds: context.options.seeds, values: found)))
    }
    return outcomes
  }
}
