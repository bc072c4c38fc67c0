import CommonSetup
import Experiments
import Reproduction
import Statistics
import Measurements
import Training

/// What came of some methods over the seeds.
package typealias SineResults = Grid<SineMethod, SelectionOutcome>

/// A figure of section 3.5 on sine regression: what came of some methods over the seeds.
package protocol SineFigure: ComputedFigure where Results == SineResults {
  static func methods(_ settings: SineProtocol, budget: Budget) -> [SineMethod]
}

extension SineFigure {
  package static func seedCount(within budget: Budget) -> Int {
    SineProtocol.seedCount(within: budget)
  }

  package func study(_ options: FigureOptions) throws -> Study<SineResults> {
    let settings = SineProtocol(options.budget)
    return try settings.study(
      Self.methods(settings, budget: options.budget), seeds: options.seeds)
  }

  /// What the experiments on sine waves do otherwise than the paper and its code.
  package static var departures: [String] {
    let (standard, overnight, paper) = (
      SineProtocol(.standard), SineProtocol(.overnight), SineProtocol(.paper)
    )
    return [
      "At standard \(standard.tasks) instead of \(paper.tasks) tasks are seen, the base network has "
        + "\(standard.width) instead of \(paper.width) units in a layer, and the meta-learner LSTM "
        + "\(standard.lstmUnits) instead of \(paper.lstmUnits) with T = \(standard.lstmSteps) "
        + "instead of \(paper.lstmSteps). Overnight is the paper's protocol for the methods that "
        + "decide claims, the LSTM with the first \(overnight.lstmSeeds ?? 0) of the seeds.",
      "Over a meta-batch gradients are averaged and then clipped; the authors' code clips each and "
        + "adds. Adam hardly sees the difference.",
      "The values of T in Figure 3.2 beyond 1 and 5 (10 here), and T of MAML in Figure 3.3 "
        + "(\(paper.mamlSteps.map(String.init).joined(separator: ", "))), are not stated; neither "
        + "are the LSTM's settings for sine waves, which are those of the authors' code for images.",
      "Tasks are y = A sin(x + φ), as in the authors' code; the objective is the query loss, where "
        + "equation 3.2 prints the support set.",
      "In Figure 3.3 the interval of a median is that of order statistics, the narrowest that "
        + "holds it with 95 % or, below six seeds, the whole range; the paper does not say how "
        + "its own was made. Figure 3.2 has means with 95 % intervals, as its code does.",
      "A training whose loss or gradient is not finite ends there and is chosen from as far as it "
        + "went, as the best validation state was in the authors' code.",
    ]
  }

  /// The curves of validation and the test errors; early losses are held tightly: what changes in an
  /// engine they show, and other kernels have not had the time to change them by a tenth as much.
  @QuantityBuilder package func sineQuantities(_ results: SineResults) -> [Quantity] {
    for (method, found) in results.found {
      let curves = found.map(\.validationLosses)
      Quantity(
        "validation-mse", at: ["method": method.name], curves, over: "epoch",
        (0..<(curves.values.map(\.count).max() ?? 0)).map { $0 },
        holding: [
          .first("validation-mse-before-training-\(method.name)", within: .relative(5e-7)),
          .point(1, "validation-mse-after-one-epoch-\(method.name)", within: .relative(2e-5)),
        ])
      Quantity(
        "chosen-epoch", at: ["method": method.name], found.map { Double($0.epoch) }, within: nil)
    }
  }
}
