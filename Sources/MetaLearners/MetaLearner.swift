import Episodes
import Networks
import Tensors

/// A way to answer the queries of an episode after seeing its support set.
///
/// A meta-learner is mathematics: a pure function of meta-parameters and episode, written in
/// tensors. Everything that can be differentiated, compiled or measured follows from it. It is also
/// a description, whose encoding is part of the name of every run that uses it.
public protocol MetaLearner: Encodable, Sendable {
  /// What answers cost.
  var loss: Loss { get }

  /// The meta-parameters that meta-training begins with; the model's lie below `model`.
  func initialParameters(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray>

  /// The answers to queries, after a support set, from meta-parameters.
  func predictions(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Tensor

  /// The answers at every stage of adaptation, from none to all of it.
  func predictionsAtEveryStep(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> [Tensor]

  /// The direction in which an episode would change the meta-parameters, and how well it went.
  ///
  /// By default ∇ L(f(query), targets) with respect to all meta-parameters, through whatever the
  /// answers depend on. A learner without an outer gradient (Reptile) says here what it has instead.
  func metaGradient(
    at meta: Parameters<Tensor>, of episode: Episode<Tensor>
  ) -> MetaGradient<Tensor>
}

extension MetaLearner {
  /// The final answers alone, for learners without steps.
  public func predictionsAtEveryStep(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> [Tensor] {
    [predictions(for: query, after: support, from: meta)]
  }

  /// The gradient of the query loss with respect to all meta-parameters.
  public func metaGradient(
    at meta: Parameters<Tensor>, of episode: Episode<Tensor>
  ) -> MetaGradient<Tensor> {
    let answers = predictions(for: episode.query.inputs, after: episode.support, from: meta)
    let queryLoss = loss(answers, episode.query.targets)
    return MetaGradient(
      score: Score(loss: queryLoss, answers, episode.query.targets, by: loss),
      gradient: gradient(of: queryLoss, withRespectTo: meta))
  }
}
