import Episodes
import Networks
import Tensors

/// What the scores of a head are multiplied by to become logits.
public enum OutputScale: Codable, Hashable, Sendable {
  /// A number that stays.
  case fixed(Double)
  /// A number that the outer loop learns, from this one on.
  case learned(from: Double)
}

/// The family of MetaOptNet: a backbone that no episode adapts, and a head fitted to each support set.
///
/// Features are those of running statistics, so that an answer depends on the support set and one
/// query alone. Meta-parameters are the backbone's weights below `model`, its running statistics
/// below `statistics` and, where it is learned, the scale, `head/scale`.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, "Meta-Learning with Differentiable Convex
///   Optimization", 2019. <https://arxiv.org/abs/1904.03758>
public struct EmbeddingLearner<Net: Backbone, Fit: Head>: MetaLearner {
  private let kind = "\(Self.self)"
  /// What makes features of images.
  public var backbone: Net
  /// What makes scores of features.
  public var head: Fit
  /// What makes logits of scores.
  public var scale: OutputScale

  /// A backbone with a head; the scale is one unless it is learned.
  public init(_ backbone: Net, head: Fit, scale: OutputScale = .fixed(1)) {
    self.backbone = backbone
    self.head = head
    self.scale = scale
  }

  /// The cross-entropy.
  public var loss: Loss { .crossEntropy }

  /// The weights before training as a training of the backbone has them: the scale below `head`.
  package func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = backbone.initialWeights(using: &generator)
    if case .learned(let start) = scale { weights["head/scale"] = ShapedArray(Float(start)) }
    return weights
  }

  /// The meta-parameters of a trained backbone.
  package func metaParameters(
    weights: Parameters<ShapedArray>, statistics: Parameters<ShapedArray>
  ) -> Parameters<ShapedArray> {
    let body = weights.filter { !Layers.head.contains($0) }
    var meta = body.scoped("model").replacing(statistics.scoped("statistics"))
    if case .learned = scale { meta["head/scale"] = weights["head/scale"] }
    return meta
  }

  /// The weights before training, with means of zero and variances of one.
  public func initialParameters(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    metaParameters(
      weights: initialWeights(using: &generator), statistics: backbone.initialStatistics)
  }

  /// Logits of the queries, after fitting the head to the support set.
  public func predictions(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Tensor {
    let features = backbone.features(
      of: .concatenated([support.inputs, query], along: 0), meta.scope("model"),
      statistics: meta.scope("statistics"))
    let count = support.inputs.shape[0]
    let examples = features.sliced(0..<count, along: 0)
    let queries = features.sliced(count..<features.shape[0], along: 0)
    return logits(
      for: queries, after: Batch(inputs: examples, targets: support.targets),
      scale: meta.scope("head"))
  }

  /// The scaled scores of features.
  private func logits(
    for query: Tensor, after support: Batch<Tensor>, scale own: Parameters<Tensor>
  ) -> Tensor {
    query.labelled("head") { query in
      let scores = head.scores(for: query, after: support)
      return switch scale {
      case .fixed(let number): number * scores
      case .learned: own["scale"] * scores
      }
    }
  }
}

extension EmbeddingLearner {
  /// The mean over some episodes of the loss of their queries, and its gradient.
  ///
  /// Their images are normalised together: one batch of all support images, one of all queries.
  ///
  /// - Parameters:
  ///   - weights: As ``initialWeights(using:)`` has them.
  ///   - episodes: The episodes, all of one form.
  ///   - masks: Those of the support pass, then those of the query pass.
  ///   - smoothing: ε, if right classes are to have a probability of 1 − ε only, and the others
  ///     ε/(N − 1).
  /// - Returns: Score and gradient, and the statistics of the support pass and of the query pass.
  package func trainingGradient(
    at weights: Parameters<Tensor>, of episodes: [Episode<Tensor>], masks: [Parameters<Tensor>],
    smoothing: Double
  ) -> MetaGradient<Tensor> {
    let passes = zip([\Episode<Tensor>.support, \.query], masks).map { side, masks in
      backbone.embedding(
        of: .concatenated(episodes.map { $0[keyPath: side].inputs }, along: 0), weights,
        .training(masks: masks))
    }
    let scores = episodes.enumerated().map { index, episode in
      let features = passes.map { pass in
        let count = pass.features.shape[0] / episodes.count
        return pass.features.sliced(index * count..<(index + 1) * count, along: 0)
      }
      let answers = logits(
        for: features[1], after: Batch(inputs: features[0], targets: episode.support.targets),
        scale: weights.scope("head"))
      return Score(
        loss: loss(answers, episode.query.targets.smoothed(by: smoothing)),
        accuracy: accuracy(answers, episode.query.targets))
    }
    let count = Double(episodes.count)
    let mean = Score(
      loss: scores.dropFirst().reduce(scores[0].loss) { $0 + $1.loss } / count,
      accuracy: scores.dropFirst().reduce(scores[0].accuracy) { $0 + $1.accuracy } / count)
    return MetaGradient(
      score: mean, gradient: gradient(of: mean.loss, withRespectTo: weights),
      statistics: passes.map(\.statistics))
  }
}

extension Tensor {
  /// One-hot labels whose ones are 1 − ε and whose zeros are ε/(N − 1).
  fileprivate func smoothed(by epsilon: Double) -> Tensor {
    let rest = epsilon / Double(shape[-1] - 1)
    return epsilon == 0 ? self : (1 - epsilon - rest) * self + rest
  }
}
