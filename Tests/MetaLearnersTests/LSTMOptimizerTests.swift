import Episodes
import Execution
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

@Suite("The meta-learner LSTM, some weights at a time")
struct LSTMOptimizerTests {
  private typealias Family = GradientLearnerTests

  /// The same rule, with another number of weights at a time.
  private struct InParts: UpdateRule {
    let rule: LSTMOptimizer
    let count: Int

    func initialParameters(
      for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
    ) -> Parameters<ShapedArray> { rule.initialParameters(for: weights, using: &generator) }

    func initialMemory(from meta: Parameters<Tensor>) -> LSTMOptimizer.Memory {
      rule.initialMemory(from: meta)
    }

    func updated(
      _ step: InnerStep, from own: Parameters<Tensor>,
      remembering memory: inout LSTMOptimizer.Memory
    ) -> Parameters<Tensor> {
      rule.updated(step, from: own, remembering: &memory, inPartsOf: count)
    }
  }

  @Test(arguments: [LSTMOptimizer.Input.logarithms, .gradient], [Order.first, .second])
  func partsChangeNothing(input: LSTMOptimizer.Input, order: Order) {
    let rule = LSTMOptimizer(input: input, hidden: 3)
    func found(_ count: Int, _ precision: Precision) -> [[Double]] {
      let learner = GradientLearner(
        model: Family.network, rule: InParts(rule: rule, count: count), steps: 3, order: order)
      return Family.metaGradient(learner, at: Family.meta(learner), precision)
    }
    let whole = found(.max, .reference)
    for count in [1, 50, 100] {
      #expect(deviation(found(count, .reference), from: whole) < 1e-12)
      #expect(deviation(found(count, .plan), from: whole) < 1e-4)
    }
  }

  /// As in table 3.1: Conv-4 of 64 filters on 84 × 84 pixels, enhanced, eight steps.
  @Test(arguments: [LSTMOptimizer.Input.logarithms, .gradient])
  func itFitsTwoGibibytes(input: LSTMOptimizer.Input) {
    func batch(_ images: Int) -> Batch<ShapedArray> {
      Batch(inputs: .zeros([images, 84, 84, 3]), targets: .zeros([images, 5]))
    }
    let episode = Episode(support: batch(5), query: batch(75))
    func bytes(inPartsOf count: Int, within memory: Plan.Memory) -> Int {
      let learner = GradientLearner(
        model: ConvolutionalNetwork.miniImageNet(ways: 5, filters: 64),
        rule: InParts(rule: LSTMOptimizer(input: input), count: count), steps: 8,
        order: input == .gradient ? .second : .first)
      return Program(like: Family.meta(learner), episode, within: memory) {
        (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner.metaGradient(at: meta, of: episode)
      }.plan.arenaBytes
    }
    let limit = Plan.Memory(bytes: 2 << 30, workers: 1)
    let parts = bytes(inPartsOf: LSTMOptimizer.rowsAtATime, within: limit)
    #expect(parts <= limit.bytes, "\(parts >> 20) MiB")
    let unlimited = [LSTMOptimizer.rowsAtATime, .max].map {
      bytes(inPartsOf: $0, within: .unlimited)
    }
    #expect(unlimited[0] < unlimited[1])
  }
}
