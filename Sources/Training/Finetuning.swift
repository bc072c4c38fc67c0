import Episodes
import MetaLearners
import Networks
import Tensors

/// The finetuning baseline: ordinary classification, then adaptation of all weights with a new head.
///
/// After so many epochs of ``Pretraining``, the head is drawn anew for the classes of an episode
/// (one of a seed's draws for all episodes and epochs, so that nothing but the body changes along a
/// training), and the learner adapts from there as MAML does at meta-test.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019, section 3.2. <https://arxiv.org/abs/1907.07287>
public struct Finetuning<Net: Model, Rule: UpdateRule>: Trained {
  /// The ordinary training.
  public var pretraining: Pretraining<Net>
  /// What adapts at meta-test; its model differs from the pretrained one in the head.
  public var learner: GradientLearner<Net, Rule>

  /// Which draw of the new head, from 0 on.
  public var head: Int

  /// A learner that starts from ordinary training with one of the draws of a new head.
  public init(
    from pretraining: Pretraining<Net>, learner: GradientLearner<Net, Rule>, head: Int = 0
  ) {
    self.pretraining = pretraining
    self.learner = learner
    self.head = head
  }

  /// The ordinary training.
  public var training: Pretraining<Net> { pretraining }

  /// The seed of the ordinary training.
  public var seed: Int { pretraining.seed }

  /// The pretrained body with a new head.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    var generator = Generator(seed: pretraining.seed).split("new head", head)
    return learner.parameters(finetuning: trained.weights, using: &generator)
  }
}
