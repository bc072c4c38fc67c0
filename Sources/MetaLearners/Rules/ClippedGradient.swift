import Tensors

/// A rule that sees every element of the gradient within ±bound.
///
/// The outer loop differentiates through the clipping: where it bites, the derivative is zero.
public struct ClippedGradient<Rule: UpdateRule>: UpdateRule {
  private let kind = "clipped gradient"
  /// What the clipped gradient is given to.
  public var rule: Rule
  /// The largest size of an element.
  public var bound: Double

  /// A rule with its gradients clipped.
  public init(_ rule: Rule, at bound: Double) {
    precondition(bound > 0, "a bound is positive, not \(bound)")
    self.rule = rule
    self.bound = bound
  }

  /// Those of the rule.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    rule.initialParameters(for: weights, using: &generator)
  }

  /// That of the rule.
  public func initialMemory(from meta: Parameters<Tensor>) -> Rule.Memory {
    rule.initialMemory(from: meta)
  }

  /// The rule's step, along the clipped gradient.
  public func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering memory: inout Rule.Memory
  ) -> Parameters<Tensor> {
    let clipped = step.gradient.map {
      $0.minimum($0.constant(bound)).maximum($0.constant(-bound))
    }
    return rule.updated(step.seeing(clipped), from: meta, remembering: &memory)
  }
}
