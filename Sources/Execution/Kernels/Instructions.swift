import Vectors

/// Executes one instruction on one block.
extension ElementwiseLoop {
  func execute(_ instruction: UnsafePointer<Instruction>, at position: Int, count: Int) {
    func unary<F: UnaryFunction>(_: F.Type) {
      run(OfFirst<F>.self, instruction, position, count)
    }
    func binary<F: BinaryFunction>(_: F.Type) {
      run(OfFirstTwo<F>.self, instruction, position, count)
    }
    func ternary<F: TernaryFunction>(_: F.Type) { run(F.self, instruction, position, count) }

    switch instruction.pointee.code {
    case .copy:
      pointer(instruction.pointee.result, position)
        .update(from: pointer(instruction.pointee.a, position), count: count)
    case .negate: unary(Negate.self)
    case .reciprocal: unary(Reciprocal.self)
    case .square: unary(Square.self)
    case .squareRoot: unary(SquareRoot.self)
    case .reciprocalSquareRoot: unary(ReciprocalSquareRoot.self)
    case .exponential: unary(Exponential.self)
    case .logarithm: unary(Logarithm.self)
    case .softplus: unary(Softplus.self)
    case .tanh: unary(HyperbolicTangent.self)
    case .logistic: unary(Logistic.self)
    case .sine: unary(Sine.self)
    case .cosine: unary(Cosine.self)
    case .absolute: unary(Absolute.self)
    case .sign: unary(Sign.self)
    case .rectify: unary(Rectify.self)
    case .step: unary(Step.self)
    case .add: binary(Add.self)
    case .subtract: binary(Subtract.self)
    case .multiply: binary(Multiply.self)
    case .divide: binary(Divide.self)
    case .maximum: binary(Maximum.self)
    case .minimum: binary(Minimum.self)
    case .greater: binary(Greater.self)
    case .equal: binary(Equal.self)
    case .select: ternary(Select.self)
    case .multiplyAdd: ternary(MultiplyAdd.self)
    case .negateMultiplyAdd: ternary(NegateMultiplyAdd.self)
    case .multiplySubtract: ternary(MultiplySubtract.self)
    case .gate: ternary(Gate.self)
    }
  }

  /// Thirty-two numbers at a time: counting takes a good part of what sixteen take.
  private func run<F: TernaryFunction>(
    _: F.Type, _ instruction: UnsafePointer<Instruction>, _ position: Int, _ count: Int
  ) {
    let a = UnsafePointer(pointer(instruction.pointee.a, position))
    let b = UnsafePointer(pointer(instruction.pointee.b, position))
    let c = UnsafePointer(pointer(instruction.pointee.c, position))
    let y = pointer(instruction.pointee.result, position)
    var i = 0
    while i &+ 32 <= count {
      y.store(F.of(a.lanes(i), b.lanes(i), c.lanes(i)), i)
      i &+= 16
      y.store(F.of(a.lanes(i), b.lanes(i), c.lanes(i)), i)
      i &+= 16
    }
    if i &+ 16 <= count {
      y.store(F.of(a.lanes(i), b.lanes(i), c.lanes(i)), i)
      i &+= 16
    }
    guard i < count else { return }
    let rest = count &- i
    F.of(Lanes(a + i, count: rest), Lanes(b + i, count: rest), Lanes(c + i, count: rest))
      .store(to: y + i, count: rest)
  }
}

/// A function of the first of three operands, which does not look at the others.
private enum OfFirst<F: UnaryFunction>: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { F.of(a) }
}

/// A function of the first two of three operands.
private enum OfFirstTwo<F: BinaryFunction>: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { F.of(a, b) }
}
