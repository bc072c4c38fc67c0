extension Tensor {
  /// eˣ.
  public func exp() -> Tensor { apply(.unary(.exponential)) }
  /// The natural logarithm.
  public func log() -> Tensor { apply(.unary(.logarithm)) }
  /// √x.
  public func squareRoot() -> Tensor { apply(.unary(.squareRoot)) }
  /// 1/√x.
  public func reciprocalSquareRoot() -> Tensor { apply(.unary(.reciprocalSquareRoot)) }
  /// 1/x.
  public func reciprocal() -> Tensor { apply(.unary(.reciprocal)) }
  /// x².
  public func squared() -> Tensor { apply(.unary(.square)) }
  /// |x|, with the derivative zero at zero.
  public func absolute() -> Tensor { apply(.unary(.absolute)) }
  /// −1, 0 or 1, and NaN where x is.
  public func sign() -> Tensor { apply(.unary(.sign)) }
  /// One where x is positive, NaN where x is, else zero.
  public func step() -> Tensor { apply(.unary(.step)) }
  /// max(x, 0), with the derivative zero at zero.
  public func relu() -> Tensor { apply(.unary(.rectify)) }
  /// x where positive, else slope · x.
  public func leakyRelu(_ slope: Double) -> Tensor { step().select(self, slope * self) }
  /// log(1 + eˣ), without overflow.
  public func softplus() -> Tensor { apply(.unary(.softplus)) }
  /// The hyperbolic tangent.
  public func tanh() -> Tensor { apply(.unary(.tanh)) }
  /// The logistic function 1/(1 + e⁻ˣ).
  public func logistic() -> Tensor { apply(.unary(.logistic)) }
  /// sin x.
  public func sine() -> Tensor { apply(.unary(.sine)) }
  /// cos x.
  public func cosine() -> Tensor { apply(.unary(.cosine)) }
  /// The same values, as something that `gradient` may be asked with respect to.
  ///
  /// Expressions are simplified as they are written: twice a reshaped tensor may become a product
  /// with the tensor itself, and a gradient with respect to the reshaped one would then be zero.
  public func asVariable() -> Tensor { apply(.variable(0)) }
  /// The same values, constant in the eyes of `gradient`: where first-order variants cut.
  public func stoppingGradient() -> Tensor { apply(.stopGradient) }
}
