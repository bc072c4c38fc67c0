import Tensors

/// How the weights of a layer are drawn before training.
///
/// With n the number of inputs that reach an output (fan-in: height × width × channels in, for a
/// filter) and m the number of outputs that an input reaches (fan-out).
public enum Initializer: Codable, Hashable, Sendable {
  /// One number everywhere.
  case constant(Double)
  /// Uniform in an interval.
  case uniform(ClosedRange<Double>)
  /// Normal with mean zero.
  case normal(deviation: Double)
  /// Normal with mean zero, drawn again beyond two deviations.
  case truncatedNormal(deviation: Double)
  /// Uniform in ±√(6/(n + m)) (Glorot and Bengio, 2010); also called Xavier.
  case glorotUniform
  /// Normal with the variance 2/n (He, Zhang, Ren and Sun, 2015).
  case heNormal
  /// Normal with the variance 2/k, k = height × width × channels out: the same by fan-out.
  case heNormalByOutputs
  /// Uniform in ±1/√n, which PyTorch's layers begin with.
  case fanInUniform

  /// Numbers for a dense weight `[in, out]`, a filter `[height, width, in, out]` or a vector.
  public func callAsFunction(
    _ shape: Shape, using generator: inout some RandomNumberGenerator
  ) -> ShapedArray {
    let window = shape.extents.dropLast(2).reduce(1, *)
    let fanIn = Double(window * (shape.rank > 1 ? shape[-2] : 1))
    let fanOut = Double(window * (shape.rank > 0 ? shape[-1] : 1))
    var draw = NumberSource(generator)
    defer { generator = draw.generator }
    let scalars = (0..<shape.count).map { _ in
      switch self {
      case .constant(let value): value
      case .uniform(let range): draw.uniform(in: range)
      case .normal(let deviation): deviation * draw.normal()
      case .truncatedNormal(let deviation): deviation * draw.normal(within: 2)
      case .glorotUniform: draw.uniform(within: (6 / (fanIn + fanOut)).squareRoot())
      case .heNormal: (2 / fanIn).squareRoot() * draw.normal()
      case .heNormalByOutputs: (2 / fanOut).squareRoot() * draw.normal()
      case .fanInUniform: draw.uniform(within: 1 / fanIn.squareRoot())
      }
    }
    return ShapedArray(scalars.map { Float($0) }, shape: shape)
  }
}
