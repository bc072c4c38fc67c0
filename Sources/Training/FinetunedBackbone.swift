import Episodes
import MetaLearners
import Networks
import Tensors

/// A trained backbone all of whose weights are fine-tuned with a new head, as MAML does at meta-test.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Table 1, column MAML.
///   <https://arxiv.org/abs/2002.06753>
public struct FinetunedBackbone<Training: BackboneTraining>: Trained {
  /// How the backbone was trained.
  public var training: Training
  /// What fine-tunes.
  public var learner: FinalAnswers<MAML<BackboneClassifier<Training.Net>>>

  /// Gradient descent of so many steps from a training's backbone, for so many classes.
  public init(of training: Training, ways: Int, rate: Double, steps: Int) {
    self.training = training
    learner = FinalAnswers(
      of: MAML(
        BackboneClassifier(training.backbone, ways: ways), rate: rate, steps: steps, order: .first))
  }

  /// The seed of the training.
  public var seed: Int { training.seed }

  /// The backbone with a head of zeros.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("new head")
    return learner.learner.parameters(finetuning: trained.weights, using: &generator)
  }
}
