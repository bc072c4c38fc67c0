/// Executes one instruction on one block.
extension ElementwiseLoop {
  @inline(__always)
  private func unary(
    _ instruction: Instruction, _ position: Int, _ count: Int, _ f: (Lanes) -> Lanes
  ) {
    let a = UnsafePointer(pointer(instruction.a, position))
    let y = pointer(instruction.result, position)
    var i = 0
    while i &+ 16 <= count {
      y.store(f(a.lanes(i)), i)
      i &+= 16
    }
    guard i < count else { return }
    let rest = f(Lanes(a + i, count: count &- i))
    for j in 0..<(count &- i) { y[i &+ j] = rest[j] }
  }

  @inline(__always)
  private func binary(
    _ instruction: Instruction, _ position: Int, _ count: Int,
    _ f: (Lanes, Lanes) -> Lanes, _ g: (Float, Float) -> Float
  ) {
    let a = UnsafePointer(pointer(instruction.a, position))
    let b = UnsafePointer(pointer(instruction.b, position))
    let y = pointer(instruction.result, position)
    var i = 0
    while i &+ 16 <= count {
      y.store(f(a.lanes(i), b.lanes(i)), i)
      i &+= 16
    }
    while i < count {
      y[i] = g(a[i], b[i])
      i &+= 1
    }
  }

  @inline(__always)
  private func ternary(
    _ instruction: Instruction, _ position: Int, _ count: Int,
    _ f: (Lanes, Lanes, Lanes) -> Lanes, _ g: (Float, Float, Float) -> Float
  ) {
    let a = UnsafePointer(pointer(instruction.a, position))
    let b = UnsafePointer(pointer(instruction.b, position))
    let c = UnsafePointer(pointer(instruction.c, position))
    let y = pointer(instruction.result, position)
    var i = 0
    while i &+ 16 <= count {
      y.store(f(a.lanes(i), b.lanes(i), c.lanes(i)), i)
      i &+= 16
    }
    while i < count {
      y[i] = g(a[i], b[i], c[i])
      i &+= 1
    }
  }

  func execute(_ instruction: Instruction, at p: Int, count n: Int) {
    let one = Lanes(repeating: 1)
    switch instruction.code {
    case .copy:
      pointer(instruction.result, p).update(from: pointer(instruction.a, p), count: n)
    case .negate: unary(instruction, p, n) { -$0 }
    case .reciprocal: unary(instruction, p, n) { 1 / $0 }
    case .square: unary(instruction, p, n) { $0 * $0 }
    case .squareRoot: unary(instruction, p, n) { $0.squareRoot() }
    case .reciprocalSquareRoot: unary(instruction, p, n) { 1 / $0.squareRoot() }
    case .exponential: unary(instruction, p, n) { $0.exponential() }
    case .logarithm: unary(instruction, p, n) { $0.logarithm() }
    case .softplus: unary(instruction, p, n) { $0.softplus() }
    case .tanh: unary(instruction, p, n) { $0.hyperbolicTangent() }
    case .logistic: unary(instruction, p, n) { $0.logistic() }
    case .sine: unary(instruction, p, n) { $0.sine() }
    case .cosine: unary(instruction, p, n) { $0.cosine() }
    case .absolute: unary(instruction, p, n) { $0.replacing(with: -$0, where: $0 .< 0) }
    case .sign:
      unary(instruction, p, n) {
        Lanes.zero.replacing(with: one, where: $0 .> 0).replacing(with: -one, where: $0 .< 0)
      }
    case .rectify: unary(instruction, p, n) { $0.replacing(with: 0, where: $0 .< 0) }
    case .step: unary(instruction, p, n) { Lanes.zero.replacing(with: one, where: $0 .> 0) }
    case .add: binary(instruction, p, n, { $0 + $1 }, { $0 + $1 })
    case .subtract: binary(instruction, p, n, { $0 - $1 }, { $0 - $1 })
    case .multiply: binary(instruction, p, n, { $0 * $1 }, { $0 * $1 })
    case .divide: binary(instruction, p, n, { $0 / $1 }, { $0 / $1 })
    case .maximum:
      binary(
        instruction, p, n, { $1.replacing(with: $0, where: $0 .> $1) }, { $0 > $1 ? $0 : $1 })
    case .minimum:
      binary(
        instruction, p, n, { $1.replacing(with: $0, where: $0 .< $1) }, { $0 < $1 ? $0 : $1 })
    case .greater:
      binary(
        instruction, p, n, { Lanes.zero.replacing(with: one, where: $0 .> $1) },
        { $0 > $1 ? 1 : 0 })
    case .equal:
      binary(
        instruction, p, n, { Lanes.zero.replacing(with: one, where: $0 .== $1) },
        { $0 == $1 ? 1 : 0 })
    case .select:
      ternary(
        instruction, p, n, { $2.replacing(with: $1, where: $0 .!= 0) }, { $0 != 0 ? $1 : $2 })
    case .multiplyAdd:
      ternary(instruction, p, n, { $2.addingProduct($0, $1) }, { $2.addingProduct($0, $1) })
    case .negateMultiplyAdd:
      ternary(instruction, p, n, { $2.addingProduct(-$0, $1) }, { $2.addingProduct(-$0, $1) })
    case .multiplySubtract:
      ternary(instruction, p, n, { (-$2).addingProduct($0, $1) }, { (-$2).addingProduct($0, $1) })
    case .gate:
      ternary(
        instruction, p, n, { a, _, x in Lanes.zero.replacing(with: a, where: x .> 0) },
        { a, _, x in x > 0 ? a : 0 })
    }
  }
}
