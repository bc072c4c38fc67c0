import Episodes
import Experiments
import MetaLearners
import Networks
import Reproduction
import Measurements
import Training

extension SineProtocol {
  /// What comes of some methods with every seed: training, choice by validation, test.
  package func study(
    _ methods: [SineMethod], seeds: [UInt64]
  ) throws -> Study<Grid<SineMethod, SelectionOutcome>> {
    try grid(
      methods,
      seeds: { method in
        guard let lstmSeeds, method.isLSTM else { return seeds }
        return seeds.filter { $0 < lstmSeeds }
      }, { .available(try study($0, seed: $1)) })
  }

  /// The run of a method.
  ///
  /// With more than one step, the authors' code clips inner gradients and the outer gradient of the
  /// initial weights to ±10; the LSTM's outer gradient has a norm of at most 0.25 instead.
  package func study(_ method: SineMethod, seed: UInt64) throws -> Study<SelectionOutcome> {
    func learner<Rule: UpdateRule>(
      _ rule: Rule, steps: Int, _ order: Order
    ) -> GradientLearner<Perceptron, Rule> {
      GradientLearner(
        model: network, rule: rule, steps: steps, order: order, loss: .meanSquaredError)
    }
    func clipped<Rule: UpdateRule>(
      _ rule: Rule, steps: Int, _ order: Order, batch: Int = 1
    ) throws -> Study<SelectionOutcome> {
      var schedule = schedule(batch: batch)
      guard steps > 1 else {
        return try study(learner(rule, steps: steps, order), schedule, method, seed)
      }
      schedule.gradientBound = 10
      schedule.boundedPart = "model/"
      return try study(
        learner(ClippedGradient(rule, at: 10), steps: steps, order), schedule, method, seed)
    }
    func shortened(
      _ input: LSTMOptimizer.Input, steps: Int, _ order: Order
    ) throws -> Study<SelectionOutcome> {
      var schedule = schedule()
      schedule.gradientNorm = 0.25
      let rule = LSTMOptimizer(input: input, hidden: lstmUnits, gradientScale: 1.0 / 5)
      return try study(learner(rule, steps: steps, order), schedule, method, seed)
    }
    switch method {
    case .maml(let steps, let order):
      return try clipped(GradientDescent(rate: 0.01), steps: steps, order)
    case .turtle(let steps, let hiddenLayers, let order):
      return try clipped(TURTLE(hiddenLayers: hiddenLayers), steps: steps, order)
    case .finalTURTLE:
      let rule = TURTLE(
        inputs: [.gradient, .gradientHistory], hiddenLayers: 5, rates: .learned(from: 0...1))
      return try clipped(rule, steps: 5, .second, batch: 2)
    case .lstm(let steps): return try shortened(.logarithms, steps: steps, .first)
    case .enhancedLSTM(let steps): return try shortened(.gradient, steps: steps, .second)
    }
  }

  private func study(
    _ learner: some MetaLearner, _ schedule: Schedule, _ method: SineMethod, _ seed: UInt64
  ) throws -> Study<SelectionOutcome> {
    var selection = Selection(
      from: MetaTraining(
        learner: learner, episodes: pool("train", tasks), schedule: schedule,
        seed: Int(clamping: seed)),
      by: pool("validation", validationTasks), count: validationTasks,
      judgedBy: pool("test", testTasks), count: testTasks)
    selection.estimatedSeconds =
      method.milliseconds(within: self) * Double(tasks) / 1000 * 1.15
    return try Study(selection)
  }
}
