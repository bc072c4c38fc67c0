/// The calculus on one page: one row per operation.
extension Op {
  /// The gradients that flow to the operands `x` of `y` when `g` flows to `y`; nil where none does.
  ///
  /// Every row is written in tensors, so it is differentiable again.
  func pullback(_ g: Tensor, _ y: Tensor, _ x: [Tensor]) -> [Tensor?] {
    switch self {
    case .input, .constant: []
    case .stopGradient: [nil]
    case .variable: [g]
    case .recomputed: [nil] + x[0].pullbackByRecomputing(g, from: Array(x.dropFirst()))
    case .unary(let function): [function.pullback(g, y, x[0])]
    case .binary(.add): [g, g]
    case .binary(.subtract): [g, -g]
    case .binary(.multiply): [g * x[1], g * x[0]]
    case .binary(.divide): [g / x[1], -(g * y) / x[1]]
    case .binary(.maximum): [g * (1 - x[1].greater(than: x[0])), g * x[1].greater(than: x[0])]
    case .binary(.minimum): [g * (1 - x[0].greater(than: x[1])), g * x[0].greater(than: x[1])]
    case .binary(.greater), .binary(.equal): [nil, nil]
    case .select: [nil, x[0].select(g, g.constant(0)), x[0].select(g.constant(0), g)]
    case .sum: [g.apply(.broadcast, shape: x[0].shape)]
    case .maximum(let axes): [g.spread(amongMaximaOf: x[0], y, axes)]
    case .broadcast:
      [g.apply(.sum(x[0].shape.extents.indices.filter { x[0].shape[$0] != y.shape[$0] }))]
    case .reshape: [g.reshaped(to: x[0].shape)]
    case .transpose(let axes):
      [g.apply(.transpose(axes.indices.map { i in axes.firstIndex(of: i) ?? i }))]
    case .slice(let starts): [g.apply(.pad(starts), shape: x[0].shape)]
    case .pad(let starts): [g.apply(.slice(starts), shape: x[0].shape)]
    case .concatenate(let axis): g.split(along: axis, like: x)
    case .product(false, false): [g.times(x[1], .right), x[0].times(g, .left)]
    case .product(true, false): [x[1].times(g, .right), x[0].times(g, .neither)]
    case .product(false, true): [g.times(x[1], .neither), g.times(x[0], .left)]
    case .product(true, true): [x[1].times(g, .both), g.times(x[0], .both)]
    case .convolution(let c) where c.role == .output:
      [
        g.convolution(c.with(.input), x[1], like: x[0]),
        g.convolution(c.with(.filter), x[0], like: x[1]),
      ]
    case .convolution(let c) where c.role == .input:
      [
        g.convolution(c.with(.output), x[1], like: x[0]),
        x[0].convolution(c.with(.filter), g, like: x[1]),
      ]
    case .convolution(let c):
      [
        x[1].convolution(c.with(.output), g, like: x[0]),
        x[0].convolution(c.with(.input), g, like: x[1]),
      ]
    case .poolPick(let side): [nil, x[0].apply(.poolPlace(side: side), g)]
    case .poolPlace(let side): [nil, x[0].apply(.poolPick(side: side), g)]
    case .solve:
      {
        let b = x[0].apply(.solve, g)
        return [-b.times(y, .right), b]
      }()
    case .quadraticProgram:
      {
        let free = x[2].greater(than: y)
        let z = x[0].apply(.freeSolve, free, g)
        return [-z.times(y, .right), z, (1 - free) * g.freed(by: z, x[0], free)]
      }()
    case .freeSolve:
      {
        let z = x[0].apply(.freeSolve, x[1], g)
        return [-z.times(y, .right), nil, z]
      }()
    }
  }
}

extension Unary {
  /// The gradient that flows to `x` when `g` flows to `y = f(x)`.
  func pullback(_ g: Tensor, _ y: Tensor, _ x: Tensor) -> Tensor? {
    switch self {
    case .negate: -g
    case .reciprocal: -(g * (y * y))
    case .square: 2 * (g * x)
    case .squareRoot: 0.5 * (g / y)
    case .reciprocalSquareRoot: -0.5 * (g * (y * (y * y)))
    case .exponential: g * y
    case .logarithm: g / x
    case .softplus: g * x.logistic()
    case .tanh: g * (1 - y.squared())
    case .logistic: g * (y * (1 - y))
    case .sine: g * x.cosine()
    case .cosine: -(g * x.sine())
    case .absolute: g * x.apply(.unary(.sign))
    case .rectify: g * x.apply(.unary(.step))
    case .sign, .step: nil
    }
  }
}

extension Tensor {
  /// The gradient among the elements that attain the maximum, in equal shares.
  fileprivate func spread(amongMaximaOf x: Tensor, _ y: Tensor, _ axes: [Int]) -> Tensor {
    let winners = x.equal(to: y.apply(.broadcast, shape: x.shape))
    let shares = self / winners.apply(.sum(axes))
    return winners * shares.apply(.broadcast, shape: x.shape)
  }

  /// What of the gradient the free elements of a program do not take up: G − HZ − μ, with the μ of
  /// each row for which this is zero at its free elements.
  fileprivate func freed(by z: Tensor, _ h: Tensor, _ free: Tensor) -> Tensor {
    let rest = self - h.times(z, .neither)
    let last = shape.rank - 1
    let level = (free * rest).apply(.sum([last])) / free.apply(.sum([last]))
    return rest - level.apply(.broadcast, shape: shape)
  }

  fileprivate func split(along axis: Int, like parts: [Tensor]) -> [Tensor] {
    var start = [Int](repeating: 0, count: shape.rank)
    return parts.map { part in
      defer { start[axis] += part.shape[axis] }
      return apply(.slice(start), shape: part.shape)
    }
  }
}
