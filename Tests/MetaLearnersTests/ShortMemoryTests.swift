import Episodes
import Execution
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Whatever is learned of an inner loop, its steps can be computed again to the same bits.
struct ShortMemoryTests {
  private typealias Family = GradientLearnerTests

  private func check(
    _ rule: some UpdateRule, adapts: Layers = .all, order: Order = .second,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let learner = GradientLearner(
      model: Family.network, rule: rule, steps: 4, adapts: adapts, order: order)
    let meta = Family.meta(learner)
    func program(_ bytes: Int) -> Program<Parameters<Tensor>, Episode<Tensor>, MetaGradient<Tensor>>
    {
      Program(like: meta, Family.episode, within: Plan.Memory(bytes: bytes, workers: 1)) {
        learner.metaGradient(at: $0, of: $1)
      }
    }
    let (whole, less) = (program(.max), program(0))
    #expect(
      less.plan.arenaBytes < whole.plan.arenaBytes || order == .first,
      sourceLocation: sourceLocation)
    let expected = whole(meta, Family.episode, in: whole.makeArena())
    let found = less(meta, Family.episode, in: less.makeArena())
    #expect(found.score == expected.score, sourceLocation: sourceLocation)
    #expect(found.gradient == expected.gradient, sourceLocation: sourceLocation)
  }

  @Test func noRuleChangesABit() {
    check(GradientDescent(rate: 0.3))
    check(GradientDescent(rate: 0.3), order: .first)
    check(GradientDescent(rate: 0.3), adapts: .head)
    check(MetaSGD(initialRate: 0.3))
    check(MetaCurvature(rate: 0.3))
    check(MetaKFO(rate: 0.3, factors: .free, hiddenLayers: 1, activation: .tanh))
    check(MetaKFO(rate: 0.3, factors: .semiDefinite), adapts: .head)
    check(InnerAdam(rate: 0.1))
    check(
      ClippedGradient(
        TURTLE(inputs: [.gradient, .gradientHistory], rates: .learned(from: 0...1)), at: 10))
    check(LSTMOptimizer(input: .gradient))
  }
}
