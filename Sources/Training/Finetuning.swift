import Episodes
import MetaLearners
import Networks
import Tensors

/// The finetuning baseline: ordinary classification, then adaptation of all weights with a new head.
///
/// After so many epochs of ``Pretraining``, the head is drawn anew for every episode, whose classes are
/// others, and the learner adapts from there as MAML does at meta-test. An episode has the same head
/// after every epoch, so that nothing but the body changes along a training. With one head for several
/// episodes they would share what is wrong with it, and their trajectories would agree for no other
/// reason.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019, section 3.2. <https://arxiv.org/abs/1907.07287>
public struct Finetuning<Net: Model, Rule: UpdateRule>: Trained {
  /// The ordinary training.
  public var pretraining: Pretraining<Net>
  /// What adapts at meta-test; its model differs from the pretrained one in the head.
  public var learner: GradientLearner<Net, Rule>

  /// A learner that starts from ordinary training with a new head.
  public init(from pretraining: Pretraining<Net>, learner: GradientLearner<Net, Rule>) {
    self.pretraining = pretraining
    self.learner = learner
  }

  /// The ordinary training.
  public var training: Pretraining<Net> { pretraining }

  /// The seed of the ordinary training.
  public var seed: Int { pretraining.seed }

  /// The pretrained body with the first episode's head.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> { parameters(of: trained.weights, forEpisode: 0) }

  /// The same body with an episode's own head.
  public func metaParameters(
    _ meta: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray> { parameters(of: meta.scope("model"), forEpisode: number) }

  private func parameters(
    of weights: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray> {
    var generator = Generator(seed: pretraining.seed).split("new head", number)
    return learner.parameters(finetuning: weights, using: &generator)
  }
}
