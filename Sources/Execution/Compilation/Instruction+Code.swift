import Tensors

/// The instruction for each elementwise function.
extension Unary {
  var code: Instruction.Code {
    switch self {
    case .negate: .negate
    case .reciprocal: .reciprocal
    case .square: .square
    case .squareRoot: .squareRoot
    case .reciprocalSquareRoot: .reciprocalSquareRoot
    case .exponential: .exponential
    case .logarithm: .logarithm
    case .softplus: .softplus
    case .tanh: .tanh
    case .logistic: .logistic
    case .sine: .sine
    case .cosine: .cosine
    case .absolute: .absolute
    case .sign: .sign
    case .rectify: .rectify
    case .step: .step
    }
  }
}

extension Binary {
  var code: Instruction.Code {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .maximum: .maximum
    case .minimum: .minimum
    case .greater: .greater
    case .equal: .equal
    }
  }
}
