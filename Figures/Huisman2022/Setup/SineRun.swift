import Episodes
import Experiments
import MetaLearners
import Networks
import Reproduction
import Statistics
import Training

/// The run of a method with a seed: training, choice by validation, test.
public struct SineRun: Sendable {
  /// The run as the store knows it.
  public let planned: PlannedRun
  private let read: @Sendable (RunStore) async throws -> SelectionOutcome

  /// The run of a method.
  ///
  /// With more than one step, the authors' code clips inner gradients and the outer gradient of the
  /// initial weights to ±10; the LSTM's outer gradient has a norm of at most 0.25 instead.
  public init(_ method: SineMethod, seed: UInt64, settings: SineProtocol) throws {
    func learner<Rule: UpdateRule>(
      _ rule: Rule, steps: Int, _ order: Order
    ) -> GradientLearner<Perceptron, Rule> {
      GradientLearner(
        model: settings.network, rule: rule, steps: steps, order: order, loss: .meanSquaredError)
    }
    func clipped<Rule: UpdateRule>(
      _ rule: Rule, steps: Int, _ order: Order, batch: Int = 1
    ) throws -> SineRun {
      var schedule = settings.schedule(batch: batch)
      guard steps > 1 else {
        return try SineRun(learner(rule, steps: steps, order), schedule, method, seed, settings)
      }
      schedule.gradientBound = 10
      schedule.boundedPart = "model/"
      return try SineRun(
        learner(ClippedGradient(rule, at: 10), steps: steps, order), schedule, method, seed,
        settings)
    }
    func shortened(_ input: LSTMOptimizer.Input, _ order: Order) throws -> SineRun {
      var schedule = settings.schedule()
      schedule.gradientNorm = 0.25
      let rule = LSTMOptimizer(
        input: input, hidden: settings.lstmUnits, gradientScale: 1.0 / 5)
      return try SineRun(
        learner(rule, steps: settings.lstmSteps, order), schedule, method, seed, settings)
    }
    switch method {
    case .maml(let steps, let order):
      self = try clipped(GradientDescent(rate: 0.01), steps: steps, order)
    case .turtle(let steps, let hiddenLayers, let order):
      self = try clipped(TURTLE(hiddenLayers: hiddenLayers), steps: steps, order)
    case .finalTURTLE:
      let rule = TURTLE(
        inputs: [.gradient, .gradientHistory], hiddenLayers: 5, rates: .learned(from: 0...1))
      self = try clipped(rule, steps: 5, .second, batch: 2)
    case .lstm: self = try shortened(.logarithms, .first)
    case .enhancedLSTM: self = try shortened(.gradient, .second)
    }
  }

  private init(
    _ learner: some MetaLearner, _ schedule: Schedule, _ method: SineMethod, _ seed: UInt64,
    _ settings: SineProtocol
  ) throws {
    var selection = Selection(
      from: MetaTraining(
        learner: learner, episodes: settings.pool("train", settings.tasks), schedule: schedule,
        seed: Int(clamping: seed)),
      by: settings.pool("validation", settings.validationTasks), count: settings.validationTasks,
      judgedBy: settings.pool("test", settings.testTasks), count: settings.testTasks)
    selection.estimatedSeconds =
      method.milliseconds(within: settings) * Double(settings.tasks) / 1000 * 1.15
    let experiment = selection
    planned = try PlannedRun(experiment)
    read = { try await $0.outcome(of: experiment) }
  }

  /// What came of the run.
  public func outcome(from runs: RunStore) async throws -> SelectionOutcome {
    try await read(runs)
  }
}
