import Episodes
import Networks
import Tensors

/// A learner that is judged after its adaptation alone.
///
/// Answers on the way cost as much as those at the end; after a hundred small steps nobody asks for
/// them.
public struct FinalAnswers<Learner: MetaLearner>: MetaLearner {
  private let kind = "final answers"
  /// What learns and answers.
  public var learner: Learner

  /// A learner whose answers on the way are left out.
  public init(of learner: Learner) { self.learner = learner }

  /// That of the learner.
  public var loss: Loss { learner.loss }

  /// Those of the learner.
  public func initialParameters(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    learner.initialParameters(using: &generator)
  }

  /// Those of the learner.
  public func predictions(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Tensor {
    learner.predictions(for: query, after: support, from: meta)
  }
}
