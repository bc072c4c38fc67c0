import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Adam inside an episode is Adam, begun anew.
struct InnerAdamTests {
  private static let rate = 0.01

  private func learner(_ steps: Int) -> GradientLearner<ConvolutionalNetwork, InnerAdam> {
    GradientLearner(
      model: GradientLearnerTests.network, rule: InnerAdam(rate: Self.rate), steps: steps,
      order: .first)
  }

  /// Weights after so many steps, then the support gradient there.
  private func after(_ steps: Int) -> (weights: [[Double]], gradient: [[Double]]) {
    let learner = learner(steps)
    let meta = GradientLearnerTests.meta(learner)
    let episode = GradientLearnerTests.episode
    let leaves = meta.leaves + Episode<Tensor>.leaves(of: episode)
    let found = Precision.reference.values(
      like: meta, episode, at: leaves.map { $0.scalars.map(Double.init) }
    ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      let weights = learner.adaptation(to: episode.support, from: meta).weights
      let loss = learner.loss(on: episode.support, weights)
      return Pair(weights, gradient(of: loss, withRespectTo: weights))
    }
    return (Array(found.prefix(found.count / 2)), Array(found.suffix(found.count / 2)))
  }

  /// m̂/(√v̂ + ε) by Algorithm 1 from the gradients that two steps saw.
  @Test func twoStepsAreThoseOfAlgorithm1() {
    let (start, first, second) = (after(0), after(1), after(2))
    let (β1, β2, ε) = (0.9, 0.999, 1e-8)
    for leaf in start.weights.indices {
      for place in start.weights[leaf].indices {
        let (g1, g2) = (start.gradient[leaf][place], first.gradient[leaf][place])
        let one = start.weights[leaf][place] - Self.rate * g1 / (abs(g1) + ε)
        #expect(abs(first.weights[leaf][place] - one) < 1e-9)
        let m = (β1 * (1 - β1) * g1 + (1 - β1) * g2) / (1 - β1 * β1)
        let v = (β2 * (1 - β2) * g1 * g1 + (1 - β2) * g2 * g2) / (1 - β2 * β2)
        let two = first.weights[leaf][place] - Self.rate * m / (v.squareRoot() + ε)
        #expect(abs(second.weights[leaf][place] - two) < 1e-9)
      }
    }
  }

  /// A learner that is asked for its last answers alone has the same ones.
  @Test func finalAnswersAreTheLastOnes() {
    let learner = learner(2)
    let meta = GradientLearnerTests.meta(learner)
    let episode = GradientLearnerTests.episode
    let leaves = meta.leaves + Episode<Tensor>.leaves(of: episode)
    func answers(_ learner: some MetaLearner) -> [[Double]] {
      Precision.reference.values(
        like: meta, episode, at: leaves.map { $0.scalars.map(Double.init) }
      ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner.predictionsAtEveryStep(
          for: episode.query.inputs, after: episode.support, from: meta)
      }
    }
    let (all, last) = (answers(learner), answers(FinalAnswers(of: learner)))
    #expect(all.count == 3 && last == [all[2]])
  }
}
