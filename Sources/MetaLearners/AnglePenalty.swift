import Episodes
import Tensors

/// The penalty on angles between the inner loops of a meta-batch, which turns adapted weights towards
/// the mean direction.
///
/// With dᵢ = θ̃ᵢ − θ, uᵢ = dᵢ/‖dᵢ‖ and ū = meanᵢ uᵢ, a step of length γ down the slope of
/// Ωᵢ = −uᵢ·ū with respect to θ̃ᵢ leads to θ̂ᵢ = θ̃ᵢ + (γ/‖dᵢ‖)(ū − (uᵢ·ū)uᵢ), by which the outer loop
/// judges. (That ū holds uᵢ too adds to the slope only along uᵢ, where it is nought.) Vectors are of
/// all weights that the inner loop moves.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019, Algorithm 1. <https://arxiv.org/abs/1907.07287>
public struct AnglePenalty: Codable, Hashable, Sendable {
  /// γ.
  public var coefficient: Double
  /// Whether the outer gradient passes through ū and the correction; the paper does not say.
  public var isDifferentiated: Bool

  /// A penalty that the outer gradient passes through unless told otherwise.
  public init(coefficient: Double, isDifferentiated: Bool = true) {
    self.coefficient = coefficient
    self.isDifferentiated = isDifferentiated
  }

  /// Whether outer gradients pass through the correction: one of nought has no slope.
  package var isPassedThrough: Bool { isDifferentiated && coefficient != 0 }

  /// u = d/‖d‖.
  package func direction(of displacement: Parameters<Tensor>) -> Parameters<Tensor> {
    displacement.squaredNorm().reciprocalSquareRoot() * displacement
  }

  /// (γ/‖d‖)(ū − (u·ū)u): θ̂ − θ̃, orthogonal to u.
  package func correction(
    of displacement: Parameters<Tensor>, towards mean: Parameters<Tensor>
  ) -> Parameters<Tensor> {
    let own = direction(of: displacement)
    let length = coefficient * displacement.squaredNorm().reciprocalSquareRoot()
    return length * (mean - own.dot(mean) * own)
  }
}

/// Algorithm 1 episode by episode, for a meta-batch in lock-step: where its inner loops lead, what the
/// query losses say of their mean direction, and the outer gradient that follows.
extension AdaptingLearner {
  /// d = θ̃ − θ, of the weights that move.
  package func displacement(
    on support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Parameters<Tensor> {
    adaptation(to: support, from: meta).displacement.filter(adapts.contains)
  }

  /// ∂L(θ̂)/∂ū of an episode's query loss, where its inner loop has led by `displacement`.
  package func pull(
    onMean mean: Parameters<Tensor>, by query: Batch<Tensor>,
    after displacement: Parameters<Tensor>, from meta: Parameters<Tensor>, _ penalty: AnglePenalty
  ) -> Parameters<Tensor> {
    let start = meta.scope("model")
    let corrected =
      start.filter(adapts.contains) + displacement
      + penalty.correction(of: displacement, towards: mean)
    return gradient(of: loss(on: query, start.replacing(corrected)), withRespectTo: mean)
  }

  /// The meta-gradient of an episode at its corrected weights.
  ///
  /// `pull` is v̄, the mean of what a meta-batch's query losses pull at ū. What they gain where ū moves
  /// is a sum over episodes, since ū is one: the slope of u·v̄ is the part of this one.
  package func metaGradient(
    at meta: Parameters<Tensor>, of episode: Episode<Tensor>, towards mean: Parameters<Tensor>,
    pull: Parameters<Tensor>?, _ penalty: AnglePenalty
  ) -> MetaGradient<Tensor> {
    let adaptation = adaptation(to: episode.support, from: meta)
    let displacement = adaptation.displacement.filter(adapts.contains)
    let correction = penalty.correction(of: displacement, towards: mean)
    let corrected = adaptation.weights.replacing(
      adaptation.weights.filter(adapts.contains)
        + (penalty.isPassedThrough ? correction : correction.stoppingGradient()))
    let answers = outputs(for: episode.query.inputs, with: corrected)
    let queryLoss = loss(answers, episode.query.targets)
    let gained = pull.map { penalty.direction(of: displacement).dot($0) }
    return MetaGradient(
      score: Score(loss: queryLoss, answers, episode.query.targets, by: loss),
      gradient: gradient(of: gained.map { queryLoss + $0 } ?? queryLoss, withRespectTo: meta))
  }
}
